/** What visitors see by raw SQL: the session whose slug they name, and nothing else. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { published } from './published-tables.ts'
import { storeLearner, type StoredLearner, withConnection } from './stored-rows.ts'

const permissionDenied = { code: '42501' }

let database: TestDatabase
let owner: StoredLearner
let other: StoredLearner
let login: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  await withConnection(database.adminUrl, async (client) => {
    owner = await storeLearner(client)
    other = await storeLearner(client)
  })
  login = new pg.Client({ connectionString: database.appUrl })
  await login.connect()
})
afterAll(async () => {
  await login.end()
  await database.drop()
})

async function visit<T>(slug: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  await login.query('begin')
  try {
    await login.query(`select set_config('role', 'parley_public', true), set_config('parley.slug', $1, true)`, [slug])
    return await work(login)
  } finally {
    await login.query('rollback')
  }
}

describe('the public', () => {
  const count = async (client: pg.Client, table: string): Promise<number> =>
    (await client.query(`select count(*)::int as count from ${table}`)).rows[0].count

  it.each(Object.keys(published))(
    'sees of %s what is published under the slug that it names, and no more',
    async (table) => {
      expect(await visit(owner.slug, (client) => count(client, table))).toBe(1)
      const { rows } = await visit(owner.slug, (client) =>
        client.query(`select ${published[table]} as "sessionId" from ${table}`),
      )
      expect(rows).toEqual([{ sessionId: owner.sessionId }])
      for (const slug of ['', 'x'.repeat(24), owner.slug.toUpperCase(), '%'])
        expect(await visit(slug, (client) => count(client, table))).toBe(0)
    },
  )

  it('sees nothing of the sound where that is not published', async () => {
    await withConnection(database.adminUrl, (client) =>
      client.query('update publications set include_audio = false where slug = $1', [other.slug]),
    )
    const counts = await visit(other.slug, async (client) => [
      await count(client, 'segments'),
      await count(client, 'recordings'),
    ])
    expect(counts).toEqual([1, 0])
  })

  it.each(Object.keys(published))('changes nothing of %s', async (table) => {
    for (const statement of [`delete from ${table}`, `update ${table} set user_id = null`])
      await expect(visit(owner.slug, (client) => client.query(statement))).rejects.toMatchObject(permissionDenied)
  })

  it.each(Object.keys(published))('does not learn whose %s they are', async (table) => {
    const look = visit(owner.slug, (client) => client.query(`select user_id from ${table}`))
    await expect(look).rejects.toMatchObject(permissionDenied)
  })
})
