/** What the tables of content packs refuse whoever writes them, and what goes with what. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeUser, withConnection } from '../db/stored-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insert, packRow, questionRow, type Row, storePack } from './pack-rows.ts'

const checkRefuses = { code: '23514' }
const isDouble = { code: '23505' }

let database: TestDatabase
let uploader: string
let draft: string
let other: string

beforeAll(async () => {
  database = await createTestDatabase()
  await withConnection(database.adminUrl, async (client) => {
    uploader = await storeUser(client)
    draft = await storePack(client, uploader, 'DRAFT', false)
    other = await storePack(client, uploader, 'DRAFT', false)
  })
})
afterAll(() => database.drop())

describe('deleting', () => {
  it('an account leaves its packs there, as nobody’s', async () => {
    const kept = await withConnection(database.adminUrl, async (client) => {
      await client.query('begin')
      await client.query('delete from users where id = $1', [uploader])
      const { rows } = await client.query('select uploaded_by, status from content_packs where id = $1', [draft])
      await client.query('rollback')
      return rows
    })
    expect(kept).toEqual([{ uploaded_by: null, status: 'DRAFT' }])
  })

  it('a pack, by the owner of the database, takes its questions with it', async () => {
    const left = await withConnection(database.adminUrl, async (client) => {
      await client.query('begin')
      await client.query('delete from content_packs where id = $1', [draft])
      const { rowCount } = await client.query('select from questions where pack_id = $1', [draft])
      await client.query('rollback')
      return rowCount
    })
    expect(left).toBe(0)
  })
})

describe('the tables themselves refuse', () => {
  /** As a superuser, whom no policy binds. */
  const store = (table: string, row: Row): Promise<unknown> =>
    withConnection(database.adminUrl, (client) => insert(client, table, row))

  it.each<[string, Row, Row]>([
    ['a version that is not semantic', { version: '1.0' }, checkRefuses],
    ['an empty name', { name: '' }, checkRefuses],
    ['a status of its own', { status: 'DELETED' }, checkRefuses],
    ['a file of no size', { file_size: 0 }, checkRefuses],
    ['a file of more than 1 MiB', { file_size: 1_048_577 }, checkRefuses],
    ['a sum that is no SHA-256', { checksum: 'A'.repeat(64) }, checkRefuses],
    ['six categories', { content: '{"metadata":{"categories":[1,2,3,4,5,6]}}' }, checkRefuses],
    ['no categories', { content: '{}' }, checkRefuses],
    ['an active pack that was never activated', { status: 'ACTIVE' }, checkRefuses],
    ['a draft that was active', { activated_at: new Date() }, checkRefuses],
    ['an uploader who does not exist', { uploaded_by: randomUUID() }, { code: '23503' }],
    [
      'a second active pack',
      { status: 'ACTIVE', activated_at: new Date() },
      { ...isDouble, constraint: 'content_packs_one_active' },
    ],
  ])('%s', async (_what, over, error) => {
    await expect(store('content_packs', packRow(null, over))).rejects.toMatchObject(error)
  })

  it('a name and version twice', async () => {
    const row = packRow(null)
    await store('content_packs', row)
    await expect(store('content_packs', { ...row, id: randomUUID() })).rejects.toMatchObject(isDouble)
    await store('content_packs', { ...row, id: randomUUID(), version: '1.0.1' })
  })

  it.each<[string, Row, Row]>([
    ['a question of no pack', { pack_id: randomUUID() }, { code: '23503' }],
    ['a question without words', { prompt: '' }, checkRefuses],
    ['a question that takes no time', { expected_duration_seconds: 0 }, checkRefuses],
    ['a question without criteria', { evaluation_criteria: '[]' }, checkRefuses],
    ['signals for other criteria', { criteria_signals: '[[],[]]' }, checkRefuses],
    ['two questions in one place', { position: 1 }, isDouble],
  ])('%s', async (_what, over, error) => {
    await expect(store('questions', { ...questionRow(draft), ...over })).rejects.toMatchObject(error)
  })

  it('a key twice in one pack', async () => {
    const row = questionRow(other)
    await store('questions', row)
    await expect(store('questions', { ...row, id: randomUUID(), position: 3 })).rejects.toMatchObject(isDouble)
  })
})

describe('the document’s indexes', () => {
  it.each([
    ['content_packs', 'status'],
    ['content_packs', 'version'],
  ])('%s can be looked up by %s', async (table, column) => {
    const { rows } = await withConnection(database.adminUrl, (client) =>
      client.query(
        `select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
          where i.indrelid = $1::regclass and a.attname = $2 and i.indpred is null`,
        [table, column],
      ),
    )
    expect(rows).not.toEqual([])
  })
})
