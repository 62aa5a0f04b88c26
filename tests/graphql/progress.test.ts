/** Progress over weeks: what counts, in whose weeks, and nobody else's. Rows are written as they would stand after many weeks. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, lookUp } from './a-session.ts'
import { mutate } from './mutations.ts'

/** A Wednesday. */
const noon = '2026-06-10T12:00:00Z'
let now = new Date(noon)
let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: () => now } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  now = new Date(noon)
})
afterAll(() => installation.close())

interface Practice {
  at: string
  mode?: string
  status?: string
  seconds?: number | null
  judged?: { level?: string | null; range?: string[]; wpm?: number | null; mtld?: number | null; scorer?: string }
}

/** Stores a session, with its judgement where there is one; gives its bare id. */
async function store(practice: Practice, who = client): Promise<string> {
  const { at, mode = 'CONVERSATION', status = 'ENDED', seconds = 60, judged } = practice
  const { viewer } = await who.ask('{ viewer { id } }')
  const [id, userId, evaluationId] = [randomUUID(), bareId(viewer.id), randomUUID()]
  const isConversation = mode === 'CONVERSATION'
  await lookUp(
    installation,
    `insert into sessions (id, user_id, request_id, request_input, mode, topic_id, test_set_id, title, level, cap_seconds, started_at, last_seen_at,
        status, ended_at, duration_seconds, end_reason, failure, call_count, updated_at)
      select $1, $2, $1, '{}', $3, ${isConversation ? 'id, null' : 'null, (select id from test_sets limit 1)'}, title, 'A1', 900, $4, $4,
        $5, ${status === 'ACTIVE' ? 'null' : '$4::timestamptz'}, $6, ${status === 'ACTIVE' ? 'null' : `'COMPLETED'`},
        ${status === 'FAILED' ? `'{}'` : 'null'}, 1, $4 from topics order by key limit 1`,
    [id, userId, mode, at, status, status === 'ACTIVE' ? null : seconds],
  )
  await lookUp(installation, 'insert into transcripts (session_id, user_id) values ($1, $2)', [id, userId])
  if (!judged) return id
  const { level = null, range = [], wpm = null, mtld = null, scorer = 'local/1' } = judged
  await lookUp(
    installation,
    `insert into evaluations (id, session_id, user_id, scorer, input_key, level, level_range, wpm, mtld, metrics, result, processing_ms, created_at)
      values ($1, $2, $3, $4, repeat('a', 64), $5, $6, $7, $8, '{"measures": [], "pauses": []}', json_build_object('overallLevel', $5::text), 1, $9)`,
    [evaluationId, id, userId, scorer, level, range, wpm, mtld, at],
  )
  await lookUp(installation, `update sessions set evaluation_status = 'COMPLETED', evaluation_id = $2 where id = $1`, [
    id,
    evaluationId,
  ])
  return id
}

interface Week {
  start: string
  sessions: number
  practisedSeconds: number
  medianWpm: number | null
  medianMtld: number | null
  level: string | null
  levelRange: string[]
  levelModelUsed: string | null
}

interface Progress {
  weeks: Week[]
  currentLevel: string | null
  currentEvaluation: { overallLevel: string } | null
  practisedSeconds: number
  sessions: number
  streakDays: number
}

async function progress(variables: { weeks?: number; mode?: string } = {}, who = client): Promise<Progress> {
  const { viewer } = await who.ask(
    `query ($weeks: Int = 12, $mode: SessionMode) { viewer { progress(weeks: $weeks, mode: $mode) {
      weeks { start sessions practisedSeconds medianWpm medianMtld level levelRange levelModelUsed }
      currentLevel currentEvaluation { ... on SpeakingEvaluation { overallLevel } } practisedSeconds sessions streakDays } } }`,
    variables,
  )
  return viewer.progress
}

const live = (timeZone: string) => mutate(client, 'updateViewer', { input: { timeZone } })

describe('weeks', () => {
  it('are as many as asked for, the empty ones too, oldest first, up to the current one', async () => {
    await store({ at: '2026-06-02T10:00:00Z', seconds: 90 })
    expect((await progress({ weeks: 3 })).weeks).toEqual([
      expect.objectContaining({ start: '2026-05-25T00:00:00.000Z', sessions: 0, practisedSeconds: 0, levelRange: [] }),
      expect.objectContaining({
        start: '2026-06-01T00:00:00.000Z',
        sessions: 1,
        practisedSeconds: 90,
        medianWpm: null,
      }),
      expect.objectContaining({ start: '2026-06-08T00:00:00.000Z', sessions: 0, practisedSeconds: 0, level: null }),
    ])
    expect((await progress()).weeks).toHaveLength(12)
    expect((await progress({ weeks: 104 })).weeks).toHaveLength(104)
  })

  it.each([
    ['UTC', '2026-06-07T23:59:59.999Z', '2026-06-08T00:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-06-07T09:59:59.999Z', '2026-06-07T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-06-08T10:59:59.999Z', '2026-06-08T11:00:00.000Z'],
    ['Asia/Kathmandu', '2026-06-07T18:14:59.999Z', '2026-06-07T18:15:00.000Z'],
  ])('begin on Monday in %s', async (timeZone, sunday, monday) => {
    await live(timeZone)
    await store({ at: sunday, seconds: 1 })
    await store({ at: monday, seconds: 2 })
    expect((await progress({ weeks: 2 })).weeks).toMatchObject([
      { practisedSeconds: 1 },
      { start: monday, practisedSeconds: 2 },
    ])
  })

  it('are the current ones of the time zone, where the day is another already', async () => {
    now = new Date('2026-06-08T03:00:00Z')
    await live('America/New_York')
    expect((await progress({ weeks: 1 })).weeks[0]?.start).toBe('2026-06-01T04:00:00.000Z')
  })

  it.each([
    ['is an hour shorter', '2026-04-01T12:00:00Z', ['2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z']],
    ['is an hour longer', '2026-10-28T12:00:00Z', ['2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z']],
  ])('begin at midnight too where one of them %s', async (_what, today, [before = '', after = '']) => {
    now = new Date(today)
    await live('Europe/Berlin')
    await store({ at: new Date(Date.parse(after) - 1).toISOString(), seconds: 1 })
    await store({ at: after, seconds: 2 })
    expect((await progress({ weeks: 2 })).weeks).toMatchObject([
      { start: before, practisedSeconds: 1 },
      { start: after, practisedSeconds: 2 },
    ])
  })

  it.each([0, -1, 105, 2_147_483_647])('are refused where %i are asked for', async (weeks) => {
    const { errors } = await client.send(`query ($weeks: Int) { viewer { progress(weeks: $weeks) { sessions } } }`, {
      weeks,
    })
    expect(errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID_INPUT' }) }),
    ])
  })
})

describe('a week', () => {
  const at = (hour: number): string => `2026-06-09T${String(hour).padStart(2, '0')}:00:00Z`

  it('has the medians of its sessions, over those that have the value', async () => {
    for (const [hour, wpm, mtld] of [
      [8, 60, null],
      [9, 100, 40],
      [10, 70, null],
      [11, null, 50],
    ] as const)
      await store({ at: at(hour), judged: { wpm, mtld } })
    await store({ at: at(12) })
    expect((await progress({ weeks: 1 })).weeks).toMatchObject([{ sessions: 5, medianWpm: 70, medianMtld: 45 }])
  })

  it('has the newest level, its range and who judged, whatever came before and after without one', async () => {
    await store({ at: at(9), judged: { level: 'A2', range: ['A2', 'B1'], scorer: 'other/1' } })
    await store({ at: at(11), judged: { level: null } })
    await store({ at: at(10), judged: { level: 'B1', range: ['A2', 'B1', 'B2'], scorer: 'local/2' } })
    await store({ at: at(12) })
    const { weeks, currentLevel, currentEvaluation } = await progress({ weeks: 1 })
    expect(weeks).toMatchObject([{ level: 'B1', levelRange: ['A2', 'B1', 'B2'], levelModelUsed: 'local/2' }])
    expect([currentLevel, currentEvaluation]).toEqual(['B1', { overallLevel: 'B1' }])
  })

  it('keeps the level of long ago current, while it is no longer among the weeks', async () => {
    await store({ at: '2025-01-15T10:00:00Z', seconds: 30, judged: { level: 'A2', range: ['A2'] } })
    expect(await progress({ weeks: 1 })).toMatchObject({
      weeks: [{ level: null, sessions: 0 }],
      currentLevel: 'A2',
      sessions: 1,
      practisedSeconds: 30,
    })
  })
})

describe('what counts', () => {
  it('is of the mode that is asked for', async () => {
    await store({ at: '2026-06-08T10:00:00Z', seconds: 1, judged: { level: 'A2', range: ['A2'], wpm: 50 } })
    await store({ at: '2026-06-09T10:00:00Z', seconds: 2, mode: 'SPEAKING_TEST', judged: { level: 'B2', wpm: 90 } })
    expect(await progress({ weeks: 1, mode: 'CONVERSATION' })).toMatchObject({
      weeks: [{ sessions: 1, practisedSeconds: 1, medianWpm: 50, level: 'A2' }],
      sessions: 1,
      currentLevel: 'A2',
    })
    expect(await progress({ weeks: 1, mode: 'SPEAKING_TEST' })).toMatchObject({
      weeks: [{ sessions: 1, practisedSeconds: 2, medianWpm: 90, level: 'B2' }],
      practisedSeconds: 2,
      currentLevel: 'B2',
    })
    expect(await progress({ mode: 'DRILL' })).toMatchObject({ sessions: 0, currentLevel: null, streakDays: 0 })
    expect(await progress({ weeks: 1 })).toMatchObject({ weeks: [{ sessions: 2, medianWpm: 70 }], sessions: 2 })
  })

  it('is not what failed, but what was cut off and what runs', async () => {
    await store({ at: '2026-06-10T10:00:00Z', status: 'FAILED', seconds: 5 })
    expect(await progress({ weeks: 1 })).toMatchObject({ weeks: [{ sessions: 0 }], sessions: 0, streakDays: 0 })
    await store({ at: '2026-06-10T10:00:00Z', status: 'ABANDONED', seconds: 7 })
    await store({ at: '2026-06-10T11:00:00Z', status: 'ACTIVE' })
    expect(await progress({ weeks: 1 })).toMatchObject({
      weeks: [{ sessions: 2, practisedSeconds: 7 }],
      sessions: 2,
      practisedSeconds: 7,
      streakDays: 1,
    })
  })

  it('is never what somebody else did', async () => {
    const other = await signUpClient(installation.url)
    await store({ at: '2026-06-10T10:00:00Z', judged: { level: 'C1', range: ['C1'], wpm: 150, mtld: 80 } }, other)
    expect(await progress({ weeks: 1 })).toEqual({
      weeks: [
        {
          start: '2026-06-08T00:00:00.000Z',
          sessions: 0,
          practisedSeconds: 0,
          medianWpm: null,
          medianMtld: null,
          level: null,
          levelRange: [],
          levelModelUsed: null,
        },
      ],
      currentLevel: null,
      currentEvaluation: null,
      practisedSeconds: 0,
      sessions: 0,
      streakDays: 0,
    })
    expect(await progress({ weeks: 1 }, other)).toMatchObject({ sessions: 1, streakDays: 1, currentLevel: 'C1' })
  })
})

describe('the streak', () => {
  it.each([
    ['none', [], 0],
    ['today', ['10'], 1],
    ['only yesterday', ['09'], 1],
    ['only the day before yesterday', ['08'], 0],
    ['three days up to today, twice on one', ['08', '09', '09', '10'], 3],
    ['two days up to yesterday', ['08', '09'], 2],
    ['days before a gap', ['05', '06', '07', '09', '10'], 2],
    ['nothing but days before a gap', ['05', '06', '07'], 0],
  ])('of %s', async (_what, days, streakDays) => {
    for (const day of days) await store({ at: `2026-06-${day}T10:00:00Z` })
    expect((await progress()).streakDays).toBe(streakDays)
  })

  it('counts the days of the time zone', async () => {
    // In UTC these are three days; in Auckland the first two are one, and it is the 11th already.
    for (const at of ['2026-06-08T13:00:00Z', '2026-06-09T11:00:00Z', '2026-06-10T11:00:00Z']) await store({ at })
    expect((await progress()).streakDays).toBe(3)
    await live('Pacific/Auckland')
    expect((await progress()).streakDays).toBe(2)
  })

  it('goes over a night in which the clocks change', async () => {
    now = new Date('2026-03-30T08:00:00Z')
    await live('Europe/Berlin')
    for (const at of ['2026-03-28T22:30:00Z', '2026-03-29T21:30:00Z', '2026-03-29T22:30:00Z']) await store({ at })
    expect((await progress()).streakDays).toBe(3)
  })
})
