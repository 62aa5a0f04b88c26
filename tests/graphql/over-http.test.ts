/** The audits of the GraphQL over HTTP specification: every MUST holds, and docs/api.md names what else does not. */
import { readFileSync } from 'node:fs'
import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
beforeAll(async () => {
  installation = await startTestInstallation()
})
afterAll(() => installation.close())

const audits = serverAudits({ url: () => `${installation.url}/graphql` })
const musts = audits.filter(({ name }) => name.startsWith('MUST'))
const others = audits.filter(({ name }) => !name.startsWith('MUST'))

describe.each(musts.map((audit) => ({ name: audit.name, audit })))('$name', ({ audit }) => {
  it(`holds (audit ${audit.id})`, async () => {
    expect(await audit.fn()).toMatchObject({ status: 'ok' })
  })
})

it('all that SHOULD or MAY hold does, or is named in docs/api.md with its number', async () => {
  const failed: string[] = []
  for (const audit of others) if ((await audit.fn()).status !== 'ok') failed.push(audit.id)
  const named = [...readFileSync('docs/api.md', 'utf8').matchAll(/^\| `([0-9A-F]{4})` \|/gm)].map(([, id]) => id)
  expect(failed.sort()).toEqual(named.sort())
})
