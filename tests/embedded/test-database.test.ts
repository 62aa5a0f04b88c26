import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('the application logs in as a role that owns nothing and bypasses nothing', async () => {
  const [role] = await query(
    database.appUrl,
    `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit,
            (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
     from pg_roles where rolname = current_user`,
  )
  expect(role).toEqual({
    rolname: 'parley_login',
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolinherit: false,
    owned: 0,
  })
})

test('the owner of the database is no superuser', async () => {
  const rows = await query(
    database.ownerUrl,
    `select rolname, rolsuper, rolbypassrls from pg_roles join pg_database on datdba = pg_roles.oid
     where datname = current_database()`,
  )
  expect(rows).toEqual([{ rolname: 'parley_owner', rolsuper: false, rolbypassrls: false }])
})

test('what one test file writes, another does not see', async () => {
  const other = await createTestDatabase()
  try {
    await query(database.ownerUrl, 'create table only_here (id int)')
    expect(await query(other.ownerUrl, `select to_regclass('only_here') as found`)).toEqual([{ found: null }])
    expect(await query(database.ownerUrl, `select to_regclass('only_here')::text as found`)).toEqual([
      { found: 'only_here' },
    ])
  } finally {
    await other.drop()
  }
})
