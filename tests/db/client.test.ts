import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabaseClient, type DatabaseClient, type NamedStatement, type Tx } from '../../db/client.ts'
import type { UserId } from '../../server/domain/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { storeLearner, type StoredLearner, withConnection } from './stored-rows.ts'

let database: TestDatabase
let learner: StoredLearner
let db: DatabaseClient
const broken: Error[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  learner = await withConnection(database.adminUrl, storeLearner)
  // One connection: whatever one use leaves behind, the next one meets.
  db = createDatabaseClient({
    url: database.appUrl,
    maxConnections: 1,
    onConnectionError: (error) => broken.push(error),
  })
})
afterAll(async () => {
  await db.close()
  await database.drop()
})

const nobody = randomUUID() as UserId
const sessionCount = { name: 'count-sessions', text: 'select count(*)::int as count from sessions', values: [] }
const count = async (viewerId: UserId): Promise<unknown> =>
  (await db.readAsViewer(viewerId, sessionCount))[0]?.['count']
const failing: NamedStatement = { name: 'fails-at-once', text: 'select 1 / $1::int as x', values: [0] }
const unplannable: NamedStatement = { name: 'is-no-sql', text: 'select nothing from nowhere', values: [] }

/** What a connection still carries once its transaction is over: looked at from inside one that was ended by hand. */
async function leftOnConnection(): Promise<unknown> {
  return db.asViewer(nobody, async (tx) => {
    await sql`rollback`.execute(tx)
    const { rows } =
      await sql`select current_user as "role", coalesce(current_setting('parley.user_id', true), '') as viewer`.execute(
        tx,
      )
    return rows[0]
  })
}

async function failsInside(tx: Tx): Promise<void> {
  await sql`select 1 / 0`.execute(tx)
}

async function failsAtCommit(tx: Tx): Promise<void> {
  await sql`update segments set sequence = 7 where session_id = ${learner.sessionId}`.execute(tx)
}

async function failsOutside(): Promise<void> {
  throw new Error('no statement failed')
}

async function dies(tx: Tx): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  await kill(rows[0]?.pid)
  await sql`select 1`.execute(tx)
}

async function kill(pid: unknown): Promise<void> {
  await withConnection(database.adminUrl, (client) => client.query('select pg_terminate_backend($1, 5000)', [pid]))
}

describe('a transaction', () => {
  it.each([
    ['a statement fails', failsInside],
    ['its commit fails', failsAtCommit],
    ['its caller fails', failsOutside],
    ['its backend is killed', dies],
  ])('leaves no role and no viewer on the connection when %s', async (_what, work) => {
    await expect(db.asViewer(learner.userId, work)).rejects.toThrow()
    expect(await leftOnConnection()).toEqual({ role: 'parley_login', viewer: '' })
    await expect(db.withSystem('read topics', work)).rejects.toThrow()
    expect(await leftOnConnection()).toEqual({ role: 'parley_login', viewer: '' })
    expect([await count(nobody), await count(learner.userId)]).toEqual([0, 1])
  })

  it('that succeeds leaves none either', async () => {
    await db.withSystem('read topics', (tx) => sql`select 1`.execute(tx))
    await db.asViewer(learner.userId, (tx) => sql`select 1`.execute(tx))
    expect(await leftOnConnection()).toEqual({ role: 'parley_login', viewer: '' })
  })

  it('is taken back as a whole', async () => {
    const work = db.asViewer(learner.userId, async (tx) => {
      await sql`update sessions set title = 'half done'`.execute(tx)
      await failsInside(tx)
    })
    await expect(work).rejects.toThrow('division by zero')
    const [row] = await db.readAsViewer(learner.userId, { name: '', text: `select title from sessions`, values: [] })
    expect(row?.['title']).not.toBe('half done')
  })
})

describe('a named read', () => {
  it.each([
    ['fails while it runs', failing],
    ['cannot be planned', unplannable],
  ])('that %s leaves no role and no viewer on the connection', async (_what, statement) => {
    for (let time = 0; time < 2; time += 1) {
      await expect(db.readAsViewer(learner.userId, statement)).rejects.toThrow()
      await expect(db.readWithSystem('verify sign-in', statement)).rejects.toThrow()
    }
    expect(await leftOnConnection()).toEqual({ role: 'parley_login', viewer: '' })
    expect([await count(nobody), await count(learner.userId)]).toEqual([0, 1])
  })

  it('gives each of two learners his own rows, whoever reads first and however often', async () => {
    const second = await withConnection(database.adminUrl, storeLearner)
    const ownIds = { name: 'own-ids', text: 'select id from sessions', values: [] }
    for (const { userId, sessionId } of [learner, second, learner, second]) {
      expect(await db.readAsViewer(userId, ownIds)).toEqual([{ id: sessionId }])
    }
  })

  it('writes nothing', async () => {
    const statement = {
      name: 'writes',
      text: `update sessions set title = 'x' where user_id = $1`,
      values: [learner.userId],
    }
    await expect(db.readAsViewer(learner.userId, statement)).rejects.toMatchObject({ code: '25006' })
  })

  it.each([`' or true --`, "'; select 1; --", 'not a uuid'])('takes no viewer like %s', async (viewerId) => {
    await expect(db.readAsViewer(viewerId as UserId, sessionCount)).rejects.toThrow(/uuid/i)
  })

  it('has the same result with values of every kind, and null', async () => {
    const text =
      'select $1::text as a, $2::int as b, $3::text[] as c, $4::timestamptz as d, $5::text as e, $6::boolean as f'
    const values = ['it’s “ä”', 7, ['x', 'y'], new Date('2026-01-02T03:04:05.678Z'), null, true]
    const [row] = await db.readAsViewer(learner.userId, { name: 'kinds', text, values })
    expect(Object.values(row ?? {})).toEqual(values)
  })
})

describe('the connections', () => {
  it('are replaced after Postgres ended one that was idle', async () => {
    const [row] = await db.readAsViewer(learner.userId, {
      name: '',
      text: 'select pg_backend_pid() as pid',
      values: [],
    })
    const before = broken.length
    await kill(row?.['pid'])
    await expect.poll(() => broken.length).toBeGreaterThan(before)
    expect(await count(learner.userId)).toBe(1)
  })

  it('serve many readers and writers at once while backends are killed under them, and none sees another’s rows', async () => {
    const many = createDatabaseClient({ url: database.appUrl, maxConnections: 4, onConnectionError: () => undefined })
    const others = await Promise.all([1, 2, 3].map(() => withConnection(database.adminUrl, storeLearner)))
    const ownIds = { name: 'own-ids', text: 'select id from sessions', values: [] }
    const wrong: unknown[] = []
    const read = async (index: number): Promise<void> => {
      const one = others[index % others.length]
      if (!one) return
      if (index % 25 === 7) await many.asViewer(one.userId, dies).catch(() => undefined)
      if (index % 10 === 3) await many.asViewer(one.userId, failsInside).catch(() => undefined)
      const rows = await many.readAsViewer(one.userId, ownIds)
      if (rows.length !== 1 || rows[0]?.['id'] !== one.sessionId) wrong.push(rows)
    }
    try {
      await Promise.all(Array.from({ length: 200 }, (_, index) => read(index)))
    } finally {
      await many.close()
    }
    expect(wrong).toEqual([])
  })
})
