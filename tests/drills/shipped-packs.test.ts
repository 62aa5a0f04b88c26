/** The content packs that come with an installation, and that a start never overrules an administrator. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { seed } from '../../db/seed/seed.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const folder = 'db/seed/content-packs'

let database: TestDatabase
let client: pg.Client

beforeEach(async () => {
  database = await createTestDatabase()
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
})
afterEach(async () => {
  await client.end()
  await database.drop()
})

async function listPacks(): Promise<string[]> {
  const { rows } = await client.query('select name, version, status from content_packs order by name, version')
  return rows.map(({ name, version, status }) => `${name} ${version} ${status}`)
}

const start = (): Promise<void> => seed({ ownerUrl: database.ownerUrl })

it('are all there, with the sum of their files, and the one for most people is in use', async () => {
  const files = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`))
  const { rows } = await client.query(`select p.name, p.status, p.checksum, p.file_size, p.uploaded_by,
      (select array_agg(q.key order by q.position) from questions q where q.pack_id = p.id) as keys,
      (select array_agg(e.type order by e.id) from content_pack_events e where e.pack_id = p.id) as events
    from content_packs p order by p.name`)
  const expected = files.map((bytes) => {
    const { name, questions } = JSON.parse(bytes.toString())
    const isFirst = name === 'job-interview'
    return {
      name,
      status: isFirst ? 'ACTIVE' : 'DRAFT',
      checksum: createHash('sha256').update(bytes).digest('hex'),
      file_size: bytes.length,
      uploaded_by: null,
      keys: questions.map(({ id }: { id: string }) => id),
      events: isFirst ? ['UPLOADED', 'ACTIVATED'] : ['UPLOADED'],
    }
  })
  expect(rows).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
})

it('are not touched by another start, nor by two at once', async () => {
  const before = (await client.query('select * from content_packs order by id')).rows
  await start()
  await Promise.all([start(), start()])
  expect((await client.query('select * from content_packs order by id')).rows).toEqual(before)
})

it('stay as an administrator put them', async () => {
  await client.query(`update content_packs set status = 'ARCHIVED' where name = 'job-interview'`)
  await client.query(
    `update content_packs set status = 'ACTIVE', activated_at = now() where name = 'medical-residency'`,
  )
  const before = await listPacks()
  await start()
  expect(await listPacks()).toEqual(before)
})

it('come as a draft in a later version, beside the one that is in use', async () => {
  await client.query(`update content_packs set version = '0.9.0' where name = 'job-interview'`)
  await start()
  expect(await listPacks()).toEqual(
    expect.arrayContaining(['job-interview 0.9.0 ACTIVE', expect.stringMatching(/^job-interview 1\.\S+ DRAFT$/)]),
  )
})
