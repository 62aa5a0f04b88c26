import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { SessionId, UserId } from '../../server/domain/ids.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { storeRecording, storeSegment, storeSession, storeUser } from './stored-rows.ts'

const refusedBy = (constraint: string): Record<string, unknown> => ({ code: '23514', constraint })
const checkRefuses = { code: '23514' }
const isDouble = { code: '23505' }

let database: TestDatabase
let client: pg.Client
let userId: UserId
let sessionId: SessionId
let owner: { sessionId: SessionId; userId: UserId }

beforeAll(async () => {
  database = await createTestDatabase()
  // A superuser: what is refused here is refused by the tables themselves.
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  userId = await storeUser(client)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})
beforeEach(async () => {
  sessionId = await storeSession(client, userId)
  owner = { sessionId, userId }
})
afterEach(() => client.query('rollback'))

const change = (assignments: string): Promise<unknown> =>
  client.query(`update sessions set ${assignments} where id = $1`, [sessionId])

const end = (status: string, reason: string): Promise<unknown> =>
  change(`status = '${status}', end_reason = '${reason}', ended_at = now(), duration_seconds = 5`)

describe('a session', () => {
  it.each([
    ['ENDED', 'COMPLETED'],
    ['FAILED', 'FAILED'],
    ['ABANDONED', 'ABANDONED'],
  ])('that is %s stays so', async (status, reason) => {
    await end(status, reason)
    for (const next of ['ACTIVE', 'ENDED', 'FAILED', 'ABANDONED'].filter((one) => one !== status)) {
      await expect(change(`status = '${next}'`)).rejects.toMatchObject(refusedBy('sessions_keep_status'))
    }
  })

  it.each([
    ['an end without its time', `status = 'ENDED', end_reason = 'COMPLETED', duration_seconds = 1`],
    ['an end without its reason', `status = 'ENDED', ended_at = now(), duration_seconds = 1`],
    ['an end without a duration', `status = 'ENDED', ended_at = now(), end_reason = 'COMPLETED'`],
    ['an end while it is running', `ended_at = now()`],
    [
      'an end before its start',
      `status = 'ENDED', end_reason = 'COMPLETED', ended_at = started_at - interval '1 second', duration_seconds = 0`,
    ],
    ['more than 15 minutes reserved', 'cap_seconds = 901'],
    ['no time at all', 'cap_seconds = 0'],
    [
      'more than 15 minutes spoken',
      `status = 'ENDED', end_reason = 'COMPLETED', ended_at = now(), duration_seconds = 901`,
    ],
    ['an unknown status', `status = 'PAUSED'`],
    ['an unknown level', `level = 'D1'`],
  ])('does not take %s', async (_what, assignments) => {
    await expect(change(assignments)).rejects.toMatchObject(checkRefuses)
  })

  it('is started once for one request', async () => {
    const again = client.query(
      `insert into sessions (id, user_id, request_id, request_input, mode, topic_id, title, level, cap_seconds, started_at, last_seen_at, updated_at)
        select gen_random_uuid(), user_id, request_id, '{}', mode, topic_id, title, level, 900, now(), now(), now() from sessions where id = $1`,
      [sessionId],
    )
    await expect(again).rejects.toMatchObject(isDouble)
  })

  it('takes all that belongs to it along when it is deleted', async () => {
    await storeThree()
    await storeRecording(client, owner)
    await client.query('delete from sessions where id = $1', [sessionId])
    expect(await sequences()).toEqual([])
  })
})

const store = (item: string, sequence: number, over = {}): Promise<void> =>
  storeSegment(client, owner, { item, sequence, ...over })

async function storeThree(): Promise<void> {
  for (const [index, item] of ['a', 'b', 'c'].entries()) await store(item, index + 1)
}

async function sequences(): Promise<string[]> {
  const { rows } = await client.query(
    'select item_id, sequence from segments where session_id = $1 order by sequence',
    [sessionId],
  )
  return rows.map((row) => `${row.item_id}${row.sequence}`)
}

/** One transaction of these statements, each with the session's id as its only value. */
async function commit(...statements: string[]): Promise<void> {
  await client.query('begin')
  for (const statement of statements) await client.query(statement, [sessionId])
  await client.query('commit')
}

const holdOrder = refusedBy('segments_hold_order')

describe('the order of segments', () => {
  it('has no gap after an insert', async () => {
    await expect(store('a', 2)).rejects.toMatchObject(holdOrder)
    await store('a', 1)
    await expect(store('c', 3)).rejects.toMatchObject(holdOrder)
    expect(await sequences()).toEqual(['a1'])
  })

  it('has no gap after an update, which the commit notices', async () => {
    await storeThree()
    await expect(
      commit(`update segments set sequence = 4 where session_id = $1 and item_id = 'c'`),
    ).rejects.toMatchObject(holdOrder)
    await expect(
      commit(`update segments set sequence = 4 where session_id = $1 and item_id = 'a'`),
    ).rejects.toMatchObject(holdOrder)
    expect(await sequences()).toEqual(['a1', 'b2', 'c3'])
  })

  it('has no gap after a delete, but may lose its last', async () => {
    await storeThree()
    for (const item of ['a', 'b']) {
      await expect(commit(`delete from segments where session_id = $1 and item_id = '${item}'`)).rejects.toMatchObject(
        holdOrder,
      )
    }
    await commit(`delete from segments where session_id = $1 and item_id = 'c'`)
    expect(await sequences()).toEqual(['a1', 'b2'])
  })

  it('has one segment in each place when the transaction ends', async () => {
    await storeThree()
    const twice = commit(`update segments set sequence = 2 where session_id = $1 and item_id = 'c'`)
    await expect(twice).rejects.toMatchObject({ code: expect.stringMatching(/23505|23514/) })
  })

  it('may be shifted within one transaction, for an item that arrives late', async () => {
    await storeThree()
    await client.query('begin')
    await client.query('update segments set sequence = sequence + 1 where session_id = $1 and sequence >= 2', [
      sessionId,
    ])
    await store('late', 2, { speaker: 'LEARNER' })
    await client.query('commit')
    expect(await sequences()).toEqual(['a1', 'late2', 'b3', 'c4'])
  })

  it('never lets one speaker overlap himself, and lets two speak at once', async () => {
    await store('a', 1, { startMs: 0, endMs: 1_000 })
    await expect(store('b', 2, { startMs: 999 })).rejects.toMatchObject(holdOrder)
    await store('b', 2, { startMs: 500, endMs: 1_500, speaker: 'LEARNER' })
    await store('c', 3, { startMs: 1_000, endMs: 2_000 })
    await expect(
      commit(`update segments set end_ms = 1001 where session_id = $1 and item_id = 'a'`),
    ).rejects.toMatchObject(holdOrder)
    await expect(
      commit(`update segments set start_ms = 10, speaker = 'PARTNER' where session_id = $1 and item_id = 'b'`),
    ).rejects.toMatchObject(checkRefuses)
  })
})

describe('a segment', () => {
  it.each([
    ['text', `'another'`],
    ['final', 'false'],
    ['speaker', `'LEARNER'`],
    ['source', `'TYPED'`],
    ['interrupted', 'true'],
  ])('that is final keeps its %s', async (column, value) => {
    await store('a', 1)
    await expect(commit(`update segments set ${column} = ${value} where session_id = $1`)).rejects.toMatchObject(
      refusedBy('segments_keep_finals'),
    )
  })

  it('that is open may change, and become final', async () => {
    await store('a', 1, { final: false })
    await commit(`update segments set text = 'more', final = true where session_id = $1`)
    await expect(commit(`update segments set text = 'less' where session_id = $1`)).rejects.toMatchObject(
      refusedBy('segments_keep_finals'),
    )
  })

  it.each([
    `text = ''`,
    'end_ms = start_ms - 1',
    'start_ms = -1',
    'call_number = 0',
    `source = 'GUESSED'`,
    `speaker = 'NOBODY'`,
    `revision = 0`,
  ])('cannot have %s', async (assignment) => {
    await store('a', 1, { final: false })
    await expect(commit(`update segments set ${assignment} where session_id = $1`)).rejects.toMatchObject(checkRefuses)
  })
})

const verified = { storage_key: 'final/x', uploaded_at: new Date() }

describe('a recording', () => {
  it('is the primary one only once in a session, and only when it is verified', async () => {
    await storeRecording(client, owner, { ...verified, is_primary: true })
    await expect(storeRecording(client, owner, { ...verified, part: 2, is_primary: true })).rejects.toMatchObject(
      isDouble,
    )
    await expect(storeRecording(client, owner, { part: 3, is_primary: true })).rejects.toMatchObject(checkRefuses)
    await storeRecording(client, owner, { ...verified, part: 2 })
  })

  it('comes once for each part', async () => {
    await storeRecording(client, owner)
    await expect(storeRecording(client, owner)).rejects.toMatchObject(isDouble)
  })

  it('cannot be another session’s', async () => {
    const elsewhere = await storeRecording(client, { sessionId: await storeSession(client, userId), userId })
    await expect(
      client.query('update sessions set recording_id = $2 where id = $1', [sessionId, elsewhere]),
    ).rejects.toMatchObject({ code: '23503' })
  })

  it.each([
    { size_bytes: 64 * 1024 * 1024 + 1 },
    { size_bytes: 0 },
    { duration_seconds: 961 },
    { duration_seconds: 0 },
    { sha256: 'A'.repeat(64) },
    { part: 0 },
    { start_ms: -1 },
    { uploaded_at: new Date() },
    { storage_key: 'final/x' },
  ])('cannot have %o', async (over) => {
    await expect(storeRecording(client, owner, over)).rejects.toMatchObject(checkRefuses)
  })
})

describe('an account', () => {
  it.each([
    `role = 'OWNER'`,
    `entitlement = 'FREE'`,
    `email = 'Upper@example.org'`,
    `email = 'nothing'`,
    'end_of_turn_pause_ms = 10',
    'partner_speed = 3',
    `level = 'Z9'`,
  ])('cannot have %s', async (assignment) => {
    await expect(client.query(`update users set ${assignment} where id = $1`, [userId])).rejects.toMatchObject(
      checkRefuses,
    )
  })

  it('has an address of its own', async () => {
    const second = await storeUser(client)
    const same = client.query('update users set email = (select email from users where id = $1) where id = $2', [
      userId,
      second,
    ])
    await expect(same).rejects.toMatchObject(isDouble)
  })
})
