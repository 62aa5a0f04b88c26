/** What a page reads: as many statements for fifty sessions, or for a test of many tasks, as for one. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, lookUp } from './a-session.ts'
import { mutate } from './mutations.ts'

const time = createTestClock()
let installation: TestInstallation
let client: GraphqlClient
/** Of speaking tests, oldest first. */
const sessionIds: string[] = []

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
  client = await signUpClient(installation.url)
  for (let count = 0; count < 12; count += 1) sessionIds.push(await judgedTest())
})
afterAll(() => installation.close())

/** A test that is over, each of whose tasks has a recording, words and numbers. */
async function judgedTest(): Promise<string> {
  time.advance(60_000)
  const activity = { speakingTest: { level: 'B1' } }
  const { session } = await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })
  await mutate(client, 'endSession', { input: { sessionId: session.id } })
  for (const statement of rows) await lookUp(installation, statement, [bareId(session.id)])
  return session.id
}

const rows = [
  `insert into recordings (id, session_id, user_id, task_id, part, start_ms, mime_type, size_bytes, duration_seconds, sha256, incoming_key, created_at)
    select gen_random_uuid(), session_id, user_id, id, index, index * 1000, 'audio/webm', 10, 1, repeat('a', 64), 'incoming/' || id, now()
    from test_tasks where session_id = $1`,
  `insert into segments (session_id, user_id, task_id, item_id, call_number, sequence, source, speaker, text, start_ms, end_ms, received_start_ms,
      received_end_ms, final, interrupted, revision)
    select session_id, user_id, id, 'item-' || index, 1, index, 'RECOGNISED', 'LEARNER', 'words of ' || id, index * 10, index * 10 + 1, index * 10, index * 10 + 1, true, false, 1
    from test_tasks where session_id = $1`,
  `insert into evaluations (id, session_id, user_id, scorer, input_key, level_range, metrics, task_metrics, result, processing_ms, created_at)
    select gen_random_uuid(), $1, user_id, 'local/1', repeat('a', 64), '{}', '{"measures":[]}',
      json_object_agg(id, json_build_object('measures', json_build_array(json_build_object('name', 'learnerSpeechSeconds', 'value', index)))), '{}', 1, now()
    from test_tasks where session_id = $1 group by user_id`,
  `update sessions s set evaluation_status = 'COMPLETED', evaluation_id = e.id from evaluations e where e.session_id = s.id and s.id = $1`,
]

const document = `query ($first: Int!) { viewer { history(first: $first) { edges { node { id evaluation { id }
  recordings { id }
  ... on SpeakingTest { tasks { id index recording { startMs } segments { text } metrics { learnerSpeechSeconds } } } } } } } }`

interface Node {
  id: string
  evaluation: { id: string }
  recordings: unknown[]
  tasks: {
    id: string
    index: number
    recording: { startMs: number }
    segments: { text: string }[]
    metrics: { learnerSpeechSeconds: number }
  }[]
}

const tables = ['evaluations', 'recordings', 'test_tasks', 'segments']

/** The newest sessions, and how often each table was read for them, by whichever statement of this process. */
async function readPage(first: number): Promise<{ nodes: Node[]; reads: Record<string, number> }> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    const { viewer } = await client.ask(document, { first })
    const texts = query.mock.calls.map(([asked]) => toText(asked))
    const reads = tables.map((table) => [
      table,
      texts.filter((text) => new RegExp(`(?:from|join) "?${table}\\b`).test(text)).length,
    ])
    return { nodes: viewer.history.edges.map(({ node }: { node: Node }) => node), reads: Object.fromEntries(reads) }
  } finally {
    query.mockRestore()
  }
}

function toText(asked: unknown): string {
  const text = typeof asked === 'object' && asked !== null && 'text' in asked ? asked.text : asked
  return typeof text === 'object' && text !== null && 'text' in text ? String(text.text) : String(text)
}

describe('a page of sessions with all that belongs to them', () => {
  it('reads each table as often for twelve as for one', async () => {
    const [one, twelve] = [await readPage(1), await readPage(12)]
    expect(twelve.nodes).toHaveLength(12)
    expect(twelve.reads).toEqual(one.reads)
    // Judgements, and the numbers of each task; sessions with their primary recordings, all recordings, those of the tasks;
    // words of the tasks, which the history could be searched for too.
    expect(one.reads).toEqual({ evaluations: 2, recordings: 3, test_tasks: 1, segments: 2 })
  })

  it('has for each session and each task what is its own', async () => {
    const { nodes } = await readPage(12)
    expect(nodes.map(({ id }) => id)).toEqual(sessionIds.toReversed())
    expect(new Set(nodes.map(({ evaluation }) => evaluation.id)).size).toBe(12)
    for (const { tasks, recordings } of nodes) {
      expect(recordings).toHaveLength(tasks.length)
      expect(
        tasks.map(({ recording, segments, metrics }) => [recording.startMs, segments, metrics.learnerSpeechSeconds]),
      ).toEqual(tasks.map(({ id, index }) => [index * 1_000, [{ text: `words of ${bareId(id)}` }], index]))
    }
  })
})
