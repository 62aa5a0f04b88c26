import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { insertsForAnother } from './inserts-for-another.ts'
import { published } from './published-tables.ts'
import { storeLearner, type StoredLearner, withConnection } from './stored-rows.ts'

/** Tables of users' data and their owner's column: each is tried below. */
const ownedTables: Record<string, string> = {
  users: 'id',
  auth_sessions: 'user_id',
  access_tokens: 'user_id',
  sessions: 'user_id',
  client_secrets: 'user_id',
  session_events: 'user_id',
  transcripts: 'user_id',
  segments: 'user_id',
  recordings: 'user_id',
  evaluations: 'user_id',
  test_tasks: 'user_id',
  drill_responses: 'user_id',
  password_resets: 'user_id',
  account_events: 'user_id',
  deletions: 'user_id',
  publications: 'user_id',
  data_exports: 'user_id',
}

/** Of these their owner sees nothing either. */
const systemTables = ['auth_sessions', 'password_resets', 'account_events']

/** Of nobody's, and yet not for the server's viewers. */
const closedTables = ['stripe_events']

/** Read by many, written by few: tried in tests/drills/content-pack-policies.test.ts. */
const packTables = ['content_packs', 'content_pack_events', 'questions']

/** Tables that hold no user's data. */
const openTables = ['topics', 'test_sets', 'worker_heartbeats', 'kysely_migration', 'kysely_migration_lock']

/** Of which a learner may delete rows, each in a test of its own. */
const deletable = ['sessions', 'publications', 'data_exports']

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

/** Runs statements as the server does, in one transaction that is taken back. */
async function as<T>(role: string, userId: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  await login.query('begin')
  try {
    await login.query(`select set_config('role', $1, true), set_config('parley.user_id', $2, true)`, [role, userId])
    return await work(login)
  } finally {
    await login.query('rollback')
  }
}

const asLearner = <T>(userId: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  as('parley_app', userId, work)

async function rowsOf(client: pg.Client, table: string, userId: string): Promise<number> {
  const { rows } = await client.query(`select count(*)::int as count from ${table} where ${ownedTables[table]} = $1`, [
    userId,
  ])
  return rows[0].count
}

const readable = Object.keys(ownedTables).filter((table) => !systemTables.includes(table))

describe('a learner, by raw SQL', () => {
  it.each(readable)('sees his own rows of %s and nobody else’s', async (table) => {
    const counts = await asLearner(owner.userId, async (client) => [
      await rowsOf(client, table, owner.userId),
      await rowsOf(client, table, other.userId),
      (await client.query(`select count(*)::int as count from ${table}`)).rows[0].count,
    ])
    expect(counts).toEqual([1, 0, 1])
  })

  it.each([
    ['users', 'captions', 'false'],
    ['sessions', 'title', "'taken over'"],
    ['access_tokens', 'revoked_at', 'now()'],
    ['client_secrets', 'used_at', 'now()'],
    ['transcripts', 'revision', '99'],
    ['segments', 'text', "'taken over'"],
    ['recordings', 'part', '7'],
    ['publications', 'include_audio', 'false'],
    ['data_exports', 'progress', '0.5'],
  ])('changes nothing of another’s %s', async (table, column, value) => {
    const statement = `update ${table} set ${column} = ${value}`
    const changed = await asLearner(owner.userId, async (client) => [
      (await client.query(`${statement} where ${ownedTables[table]} = $1`, [other.userId])).rowCount,
      (await client.query(statement)).rowCount,
    ])
    expect(changed).toEqual([0, 1])
  })

  it.each(['publications', 'data_exports'])('deletes nothing of another’s %s', async (table) => {
    const deleted = await asLearner(owner.userId, async (client) => [
      (await client.query(`delete from ${table} where user_id = $1`, [other.userId])).rowCount,
      (await client.query(`delete from ${table}`)).rowCount,
    ])
    expect(deleted).toEqual([0, 1])
  })

  it('deletes nothing of another’s sessions, and of his own with all that belongs to them', async () => {
    const deleted = await asLearner(owner.userId, async (client) => [
      (await client.query('delete from sessions where user_id = $1', [other.userId])).rowCount,
      (await client.query('delete from sessions')).rowCount,
      await rowsOf(client, 'segments', owner.userId),
      await rowsOf(client, 'recordings', owner.userId),
    ])
    expect(deleted).toEqual([0, 1, 0, 0])
  })

  it.each(readable.filter((table) => !deletable.includes(table)))('deletes nothing of %s', async (table) => {
    await expect(asLearner(owner.userId, (client) => client.query(`delete from ${table}`))).rejects.toMatchObject(
      permissionDenied,
    )
  })

  it.each(['sessions', 'client_secrets', 'transcripts', 'segments', 'recordings'])(
    'gives no row of %s away',
    async (table) => {
      const give = asLearner(owner.userId, (client) => client.query(`update ${table} set user_id = $1`, [other.userId]))
      await expect(give).rejects.toMatchObject({
        ...permissionDenied,
        message: expect.stringContaining('row-level security'),
      })
    },
  )

  it.each(insertsForAnother())('inserts no %s for another', async (_table, statement, values) => {
    const insert = asLearner(owner.userId, (client) => client.query(statement, values(other)))
    await expect(insert).rejects.toMatchObject({
      ...permissionDenied,
      message: expect.stringContaining('row-level security'),
    })
  })

  it('adds nothing to another’s session under his own name', async () => {
    const insert = asLearner(owner.userId, (client) =>
      client.query(`insert into session_events (id, session_id, user_id, type, at) values ($1, $2, $3, 'x', now())`, [
        randomUUID(),
        other.sessionId,
        owner.userId,
      ]),
    )
    await expect(insert).rejects.toMatchObject({ code: '23503' })
  })

  it.each([
    'role',
    'entitlement',
    'paid_entitlement',
    'stripe_customer_id',
    'stripe_subscription_id',
    'payment_revision',
    'password_hash',
    'email',
    'id',
    'last_login_at',
    'created_at',
  ])('cannot write %s of his own account', async (column) => {
    const write = asLearner(owner.userId, (client) => client.query(`update users set ${column} = default`))
    await expect(write).rejects.toMatchObject(permissionDenied)
  })

  it('cannot create accounts', async () => {
    const insert = asLearner(owner.userId, (client) =>
      client.query(`insert into users (id, email) values ($1, 'x@example.org')`, [owner.userId]),
    )
    await expect(insert).rejects.toMatchObject(permissionDenied)
  })

  it.each([
    'select password_hash from users',
    'select * from users',
    'select stripe_customer_id from users',
    'select 1 from auth_sessions',
    'select 1 from password_resets',
    'select 1 from account_events',
    'select 1 from stripe_events',
    `insert into stripe_events (id, type, received_at) values ('evt', 'x', now())`,
    'select token_hash from access_tokens',
    `update access_tokens set scopes = '{PACKS_WRITE}'`,
    'update access_tokens set expires_at = null',
    'select 1 from kysely_migration',
    'select 1 from graphile_worker._private_jobs',
    `update topics set title = 'mine'`,
    `update drill_responses set content = 'better'`,
    `update evaluations set score = 100`,
    'create table public.mine (id int)',
  ])('may not %s', async (statement) => {
    await expect(asLearner(owner.userId, (client) => client.query(statement))).rejects.toMatchObject(permissionDenied)
  })
})

describe('without a viewer', () => {
  it.each(readable)('there is nothing in %s', async (table) => {
    const { rows } = await asLearner('', (client) => client.query(`select count(*)::int as count from ${table}`))
    expect(rows).toEqual([{ count: 0 }])
  })

  it.each(insertsForAnother())('nothing is inserted into %s', async (_table, statement, values) => {
    const insert = asLearner('', (client) => client.query(statement, values(other)))
    await expect(insert).rejects.toMatchObject(permissionDenied)
  })

  it.each(Object.keys(ownedTables))('the login by itself may not touch %s', async (table) => {
    await expect(login.query(`select 1 from ${table}`)).rejects.toMatchObject(permissionDenied)
  })

  it.each(Object.keys(ownedTables).filter((table) => !(table in published)))(
    'the public may not touch %s',
    async (table) => {
      const statement = `select 1 from ${table}`
      await expect(as('parley_public', owner.userId, (client) => client.query(statement))).rejects.toMatchObject(
        permissionDenied,
      )
    },
  )
})

describe('every table', () => {
  it('is protected, or is named as one without users’ data', async () => {
    const { rows } = await withConnection(database.adminUrl, (client) =>
      client.query(`select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isForced",
          (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
          (select count(*)::int from pg_policy p where p.polrelid = c.oid and p.polwithcheck is null and p.polcmd <> 'r') as unchecked
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`),
    )
    const names = rows.map((row) => row.name)
    expect(names.toSorted()).toEqual(
      [...Object.keys(ownedTables), ...closedTables, ...packTables, ...openTables].toSorted(),
    )
    for (const row of rows) {
      if (!openTables.includes(row.name))
        expect(row).toMatchObject({ isForced: true, policies: expect.toSatisfy((count) => count > 0), unchecked: 0 })
    }
  })

  it('has no column of its owner’s that a view or function of ours shows to others', async () => {
    const { rows } = await withConnection(database.adminUrl, (client) =>
      client.query(`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm')
        union all select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
        order by 1`),
    )
    // One takes a job's name and payload, the other keys of jobs, and neither gives anything back.
    expect(rows).toEqual([{ name: 'enqueue_job' }, { name: 'forget_jobs' }])
  })

  it('is owned by a role that the server’s login cannot become, and no role of the server’s bypasses policies', async () => {
    const { rows } = await login.query(`select
        (select bool_or(rolsuper or rolbypassrls or rolcreaterole or rolcreatedb) from pg_roles where rolname like 'parley%' and rolname <> 'parley_owner') as "isStrong",
        (select bool_or(pg_has_role('parley_login', relowner, 'MEMBER')) from pg_class where relnamespace = 'public'::regnamespace) as "isOwner"`)
    expect(rows).toEqual([{ isStrong: false, isOwner: false }])
  })
})
