/** Content packs come in as drafts, whole or not at all. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookUp } from '../graphql/a-session.ts'
import type { GraphqlClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makePack } from '../support/sample-pack.ts'
import { archive, readPack, signUpAs, upload, uploadedPackId } from './a-pack.ts'
import { malformedPacks, spoiled, toLines } from './malformed-packs.ts'

let installation: TestInstallation
let admin: GraphqlClient
let pro: GraphqlClient

beforeAll(async () => {
  const plenty = { tries: 10_000, perSeconds: 60 }
  installation = await startTestInstallation({
    over: { allowances: { account: plenty, client: plenty, mutation: plenty } },
  })
  admin = await signUpAs(installation, 'ADMIN')
  pro = await signUpAs(installation, 'PRO')
})
afterAll(() => installation.close())

/** All that is stored of packs. */
async function everything(): Promise<unknown> {
  const tables = ['content_packs', 'questions', 'content_pack_events']
  return Promise.all(tables.map((table) => lookUp(installation, `select * from ${table} order by id`)))
}

describe('an upload', () => {
  it('stores a draft with its size, the SHA-256 of its bytes and all that is in it', async () => {
    const pack = makePack({ name: 'whole', version: '1.2.0', description: 'Überall.' })
    const json = `${JSON.stringify(pack, null, 1)}\n`
    expect(await readPack(pro, await uploadedPackId(pro, json))).toMatchObject({
      version: '1.2.0',
      name: 'whole',
      title: pack.metadata.title,
      description: 'Überall.',
      status: 'DRAFT',
      schemaVersion: '1.0.0',
      fileSizeBytes: Buffer.byteLength(json),
      checksum: createHash('sha256').update(json).digest('hex'),
      categories: pack.metadata.categories,
      activatedAt: null,
      isOwn: true,
      file: pack,
      questions: [
        {
          key: 'why-here',
          category: 'Motivation',
          prompt: 'Why do you want to work here?',
          expectedDurationSeconds: 90,
          evaluationCriteria: ['Names a reason of their own', 'Names something about the place'],
        },
        { key: 'a-quarrel' },
      ],
    })
  })

  it('of 1 MiB goes through, however its characters are written', async () => {
    const pack = makePack()
    const rest = 1024 * 1024 - Buffer.byteLength(JSON.stringify({ ...pack, questions: [] }))
    const question = { ...pack.questions[0], evaluation_criteria: Array.from({ length: 12 }, () => '"\\ü'.repeat(20)) }
    const size = Buffer.byteLength(`${JSON.stringify(question)},`) + 8
    pack.questions = Array.from({ length: Math.min(500, Math.floor(rest / size)) }, (_, index) => ({
      ...question,
      id: `q-${index}`,
    }))
    const json = JSON.stringify(pack).replace(/\}$/, (end) =>
      end.padStart(1024 * 1024 - Buffer.byteLength(JSON.stringify(pack)) + 1),
    )
    expect(Buffer.byteLength(json)).toBe(1024 * 1024)
    const ascii = JSON.stringify({
      query: `mutation ($json: String!) { uploadContentPack(input: { json: $json }) { __typename ... on Fault { message } } }`,
      variables: { json },
    }).replace(/[^\0-\x7f]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    const answer = await fetch(`${pro.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: pro.url, cookie: pro.cookie ?? '' },
      body: ascii,
    })
    expect(await answer.json()).toEqual({ data: { uploadContentPack: { __typename: 'ContentPackPayload' } } })
  })

  it('of the same bytes by the same account answers the same pack, and stores nothing twice', async () => {
    const pack = makePack()
    const id = await uploadedPackId(pro, pack)
    const before = await everything()
    expect(await upload(pro, pack)).toMatchObject({ __typename: 'ContentPackPayload', contentPack: { id } })
    expect(await everything()).toEqual(before)
  })

  it.each([
    ['other bytes of the same name and version', async () => pro, (json: string) => `${json} `],
    ['the same bytes by another account', () => signUpAs(installation, 'PRO'), (json: string) => json],
    ['the same bytes by an administrator', async () => admin, (json: string) => json],
  ])('of %s is a conflict, and stores nothing', async (_what, by, change) => {
    const json = JSON.stringify(makePack({ name: 'taken', version: '3.0.0' }))
    await upload(pro, json)
    const client = await by()
    const before = await everything()
    expect(await upload(client, change(json))).toEqual({
      __typename: 'ConflictFault',
      code: 'CONFLICT',
      message:
        'There is another pack “taken” of version 3.0.0 already. Raise the version in the file and upload it again.',
    })
    expect(await everything()).toEqual(before)
  })

  it('of the same pack ten times at once stores one', async () => {
    const pack = makePack()
    const answers = await Promise.all(Array.from({ length: 10 }, () => upload(pro, pack)))
    expect(new Set(answers.map((answer) => answer.contentPack?.id)).size).toBe(1)
  })

  it('of another version of the same name is another pack', async () => {
    const pack = makePack()
    const [one, two] = [await uploadedPackId(pro, pack), await uploadedPackId(pro, { ...pack, version: '1.0.1' })]
    expect(one).not.toBe(two)
  })

  it('beyond twenty drafts is refused, also of two at once; one that is archived makes room', async () => {
    const client = await signUpAs(installation, 'PRO')
    const packs = Array.from({ length: 19 }, () => makePack())
    const [first = ''] = await Promise.all(packs.map((pack) => uploadedPackId(client, pack)))
    const both = await Promise.all([upload(client), upload(client)])
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual(['ContentPackPayload', 'LimitFault'])
    const before = await everything()
    expect(await upload(client)).toEqual({
      __typename: 'LimitFault',
      code: 'LIMIT_EXCEEDED',
      message: 'You have 20 drafts, the most there can be. Archive one to make room.',
      limit: 20,
      used: 20,
      resetsAt: null,
    })
    expect(await everything()).toEqual(before)
    expect(await upload(client, packs[0])).toMatchObject({ contentPack: { id: first } })
    await archive(client, first)
    expect(await upload(client)).toMatchObject({ __typename: 'ContentPackPayload' })
  })

  it.each(['LOCKED', 'BASIC'] as const)('takes PRO: %s is told so, before the file is looked at', async (plan) => {
    const client = await signUpAs(installation, plan)
    const before = await everything()
    expect(await upload(client, 'no pack at all')).toMatchObject({ __typename: 'EntitlementFault', required: 'PRO' })
    expect(await everything()).toEqual(before)
  })

  it('needs no plan from an administrator', async () => {
    expect(await upload(admin)).toMatchObject({ __typename: 'ContentPackPayload' })
  })

  it('is written down with who did it', async () => {
    const { viewer } = await pro.ask('{ viewer { id } }')
    const id = await uploadedPackId(pro)
    const query = 'select type, user_id from content_pack_events where pack_id = $1'
    expect(await lookUp(installation, query, [id.split('_')[1]])).toEqual([
      { type: 'UPLOADED', user_id: viewer.id.split('_')[1] },
    ])
  })
})

describe.each(malformedPacks.map((pack) => ({ ...pack, pack })))('$what', ({ pack, faults }) => {
  it('is refused with all its faults, and nothing of it is stored', async () => {
    const before = await everything()
    const answer = await upload(pro, spoiled(pack, makePack()))
    expect(answer).toMatchObject({ __typename: 'InvalidInputFault', code: 'INVALID_INPUT' })
    expect(toLines(answer.issues)).toEqual(faults)
    expect(await everything()).toEqual(before)
  })
})
