/** Document 004, "Tables", "Relationships" and "Indexes" of drills: what the database itself holds, whoever writes. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { storeRecording, storeUser } from '../db/stored-rows.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'

const checkRefuses = { code: '23514' }
const isDouble = { code: '23505' }
const refersToNothing = { code: '23503' }

let database: TestDatabase
let client: pg.Client
let userId: string
let questionId: string
let packId: string
let sessionId: string

beforeAll(async () => {
  database = await createTestDatabase()
  // A superuser: what is refused here is refused by the tables themselves.
  client = new pg.Client({ connectionString: database.adminUrl })
  await client.connect()
  userId = await storeUser(client)
  packId = randomUUID()
  questionId = randomUUID()
  const categories = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  await client.query(
    `insert into content_packs (id, version, name, content, status, file_size, checksum, created_at, updated_at)
      values ($1, '1.0.0', 'of these tests', $2, 'DRAFT', 1, repeat('a', 64), now(), now())`,
    [packId, { metadata: { categories } }],
  )
  await client.query(
    `insert into questions (id, pack_id, key, position, category, prompt, expected_duration_seconds, evaluation_criteria)
      values ($1, $2, 'q', 1, 'a', 'Why?', 60, '["x"]')`,
    [questionId, packId],
  )
})
beforeEach(async () => {
  sessionId = await storeDrill()
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

async function storeDrill(over: Record<string, unknown> = {}): Promise<string> {
  const row = {
    id: randomUUID(),
    user_id: userId,
    request_id: randomUUID(),
    request_input: {},
    mode: 'DRILL',
    question_id: questionId,
    content_pack_id: packId,
    title: 'Why?',
    level: null,
    cap_seconds: 180,
    started_at: new Date(),
    last_seen_at: new Date(),
    updated_at: new Date(),
    ...over,
  }
  await insert('sessions', row)
  return row.id
}

async function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const names = Object.keys(row)
  await client.query(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
    Object.values(row),
  )
}

function respond(over: Record<string, unknown> = {}): Promise<void> {
  const row = { content: 'An answer.', word_count: 2, created_at: new Date(), ...over }
  return insert('drill_responses', { id: randomUUID(), session_id: sessionId, user_id: userId, ...row })
}

const wholeResult = {
  categories: [1, 2, 3, 4, 5, 6, 7],
  whatChanged: ['one'],
  practiceRule: 'Begin with the answer.',
}

async function judge(over: Record<string, unknown> = {}): Promise<string> {
  const row = { id: randomUUID(), session_id: sessionId, user_id: userId, scorer: 'x/1', input_key: 'a'.repeat(64) }
  const values = {
    level_range: [],
    metrics: {},
    result: wholeResult,
    score: 70,
    processing_ms: 1,
    created_at: new Date(),
  }
  await insert('evaluations', { ...row, ...values, ...over })
  return row.id
}

const countOf = async (table: string): Promise<number> =>
  (await client.query(`select count(*)::int as count from ${table} where session_id = $1`, [sessionId])).rows[0].count

describe('Table drill_sessions', () => {
  it.each([
    ['without a question', { question_id: null, content_pack_id: null }],
    ['with a topic', { topic_id: 'any' }],
    ['with a level', { level: 'B1' }],
  ])('holds no drill %s', async (_what, over) => {
    const [topic] = (await client.query('select id from topics limit 1')).rows
    const row = 'topic_id' in over ? { topic_id: topic.id } : over
    await expect(storeDrill(row)).rejects.toMatchObject(checkRefuses)
  })

  it('holds no other session with a question', async () => {
    const [topic] = (await client.query('select id from topics limit 1')).rows
    await expect(storeDrill({ mode: 'CONVERSATION', topic_id: topic.id, level: 'B1' })).rejects.toMatchObject(
      checkRefuses,
    )
  })

  it('Relationship: a session refers to a question that exists, of the pack that it names', async () => {
    await expect(storeDrill({ question_id: randomUUID() })).rejects.toMatchObject(refersToNothing)
    await expect(storeDrill({ content_pack_id: randomUUID() })).rejects.toMatchObject(refersToNothing)
    await expect(client.query('delete from questions where id = $1', [questionId])).rejects.toMatchObject(
      refersToNothing,
    )
  })

  it('Relationship: sessions are deleted with their user, and their answers and judgements with them', async () => {
    const other = await storeUser(client)
    sessionId = await storeDrill({ user_id: other })
    const recordingId = await storeRecording(client, { sessionId, userId: other })
    await respond({ user_id: other, content: null, word_count: null, recording_id: recordingId, audio_duration_s: 1 })
    await judge({ user_id: other })
    await client.query('delete from users where id = $1', [other])
    expect([await countOf('drill_responses'), await countOf('evaluations'), await countOf('recordings')]).toEqual([
      0, 0, 0,
    ])
  })
})

describe('Table drill_responses', () => {
  it.each([
    ['neither text nor sound', { content: null, word_count: null }],
    ['an empty text', { content: '' }],
    ['a text of more than 20,000 characters', { content: 'a'.repeat(20_001) }],
    ['fewer than no words', { word_count: -1 }],
    ['sound without a duration', { content: null, word_count: null, recording_id: 'stored' }],
    ['sound of no duration', { content: null, word_count: null, recording_id: 'stored', audio_duration_s: 0 }],
    ['text and sound', { recording_id: 'stored', audio_duration_s: 3 }],
  ])('takes no answer with %s', async (_what, over: Record<string, unknown>) => {
    const recordingId = await storeRecording(client, { sessionId, userId })
    const row = 'recording_id' in over ? { ...over, recording_id: recordingId } : over
    await expect(respond(row)).rejects.toMatchObject(checkRefuses)
  })

  it('Relationship: each session has one response', async () => {
    await respond()
    await expect(respond({ content: 'Another.' })).rejects.toMatchObject(isDouble)
  })

  it('takes no recording of another session', async () => {
    const recordingId = await storeRecording(client, { sessionId: await storeDrill(), userId })
    const spoken = { content: null, word_count: null, recording_id: recordingId, audio_duration_s: 1 }
    await expect(respond(spoken)).rejects.toMatchObject(refersToNothing)
  })

  it('Relationship: the response is deleted with its session', async () => {
    await respond()
    await client.query('delete from sessions where id = $1', [sessionId])
    expect(await countOf('drill_responses')).toBe(0)
  })
})

describe('Table evaluation_results', () => {
  it.each([
    ['a score below 0', { score: -1 }],
    ['a score above 100', { score: 101 }],
    ['six categories', { result: { ...wholeResult, categories: [1, 2, 3, 4, 5, 6] } }],
    ['eight categories', { result: { ...wholeResult, categories: [1, 2, 3, 4, 5, 6, 7, 8] } }],
    ['no categories', { result: { ...wholeResult, categories: undefined } }],
    ['four changes', { result: { ...wholeResult, whatChanged: ['1', '2', '3', '4'] } }],
    ['no practice rule', { result: { ...wholeResult, practiceRule: '' } }],
    ['a negative processing time', { processing_ms: -1 }],
  ])('holds no judgement of a drill with %s', async (_what, over) => {
    await expect(judge(over)).rejects.toMatchObject(checkRefuses)
  })

  it.each([0, 100])('holds a score of %i', async (score) => {
    await judge({ score })
    expect(await countOf('evaluations')).toBe(1)
  })

  it('Relationship: the results are deleted with their session', async () => {
    const id = await judge()
    await client.query(`update sessions set evaluation_status = 'COMPLETED', evaluation_id = $2 where id = $1`, [
      sessionId,
      id,
    ])
    await client.query('delete from sessions where id = $1', [sessionId])
    expect(await countOf('evaluations')).toBe(0)
  })
})

it.each([
  ['idx_drill_sessions_user_id', 'sessions', 'user_id = $1 and question_id is not null', 'sessions_by_question'],
  [
    'idx_drill_sessions_started_at',
    'sessions',
    'user_id = $1 order by started_at desc, id desc limit 1',
    'sessions_history',
  ],
  [
    'idx_drill_sessions_status',
    'sessions',
    `status = 'ACTIVE' and id <> $1 and last_seen_at < now()`,
    'sessions_active',
  ],
  ['idx_evaluation_results_session_id', 'evaluations', 'session_id = $1', 'evaluations_session_id'],
])('Index %s: %s are found by %s through %s', async (_name, table, condition, index) => {
  await client.query('set enable_seqscan = off')
  const { rows } = await client.query(`explain select id from ${table} where ${condition}`, [userId])
  await client.query('reset enable_seqscan')
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
})
