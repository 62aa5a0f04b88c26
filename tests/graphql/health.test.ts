/** What a watcher of the installation is told: that the process lives, and whether what it needs is there. */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BlobStore } from '../../server/storage/blob-store.ts'
import { openBlobStore } from '../../server/storage/open-blob-store.ts'
import { type DatabaseWay, startDatabaseWay } from '../support/database-way.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
let way: DatabaseWay
let folder: string
let disk: string
let blobs: BlobStore
let url: string

beforeAll(async () => {
  installation = await startTestInstallation()
  way = await startDatabaseWay(installation.database.appUrl)
  folder = await mkdtemp(path.join(tmpdir(), 'parley-health-'))
  disk = path.join(folder, 'disk')
  const store = { s3: null, directory: path.join(disk, 'recordings'), signingKey: randomBytes(32), publicUrl: null }
  blobs = await openBlobStore({ ...store, clock: () => new Date(), onUnavailable: () => undefined })
  const database = { url: way.url, ownerUrl: installation.database.ownerUrl }
  url = (await installation.startNode({ database, blobs })).url
})
afterAll(async () => {
  way.mend()
  await installation.close()
  await way.close()
  await rm(folder, { recursive: true, force: true })
})

async function ask(place: 'live' | 'ready'): Promise<unknown[]> {
  const answer = await fetch(`${url}/health/${place}`)
  return [answer.status, await answer.json()]
}

const live = [200, { status: 'ok' }]
const ready = [200, { status: 'ok', parts: { database: 'ok', recordings: 'ok' } }]
const withoutDatabase = [503, { status: 'unavailable', parts: { database: 'unavailable', recordings: 'ok' } }]
const withoutStore = [503, { status: 'unavailable', parts: { database: 'ok', recordings: 'unavailable' } }]

describe('an installation that has all it needs', () => {
  it('lives and is ready', async () => {
    expect([await ask('live'), await ask('ready')]).toEqual([live, ready])
  })
})

describe.each(['cut', 'freeze'] as const)('an installation whose way to the database is %s', (fault) => {
  it('lives, says what is away, and is ready again once it is back', async () => {
    way[fault]()
    expect([await ask('live'), await ask('ready')]).toEqual([live, withoutDatabase])
    way.mend()
    await expect.poll(() => ask('ready'), { timeout: 10_000 }).toEqual(ready)
  })
})

describe('an installation whose disk of recordings is not mounted', () => {
  it.each(['gone', 'empty'])(
    'lives, says what is away, makes no store in its place, and is ready again once it is back (the folder is %s)',
    async (what) => {
      const away = path.join(folder, 'away')
      await rename(disk, away)
      if (what === 'empty') await mkdir(disk)
      expect([await ask('live'), await ask('ready'), await ask('ready')]).toEqual([live, withoutStore, withoutStore])
      await expect(blobs.head('recordings/any')).rejects.toThrow('The store of recordings')
      if (what === 'empty') await rm(disk, { recursive: true })
      await rename(away, disk)
      expect(await ask('ready')).toEqual(ready)
    },
  )
})
