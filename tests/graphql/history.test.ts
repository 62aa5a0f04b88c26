/** The history: newest first, in pages both ways, narrowed as asked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient, topicId } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, lookUp, startedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

const time = createTestClock(new Date('2026-03-10T09:00:00Z'))
const minuteMs = 60_000
let installation: TestInstallation
let client: GraphqlClient
/** Newest first. */
let ids: string[]

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
  client = await signUpClient(installation.url)
  const started: string[] = []
  // Seven sessions, of which the middle three started in the same millisecond.
  for (const stepMs of [0, minuteMs, minuteMs, 0, 0, minuteMs, minuteMs]) {
    time.advance(stepMs)
    const sessionId = await startedSessionId(client)
    await mutate(client, 'endSession', { input: { sessionId } })
    started.push(sessionId)
  }
  const rows = await lookUp(installation, 'select id from sessions order by started_at desc, id desc')
  ids = rows.map((row) => `Conversation_${row.id}`)
  expect(new Set(ids)).toEqual(new Set(started))
})
afterAll(() => installation.close())

interface Page {
  ids: string[]
  cursors: string[]
  hasNextPage: boolean
  hasPreviousPage: boolean
  totalCount: number
}

async function page(variables: Record<string, unknown>, who = client): Promise<Page> {
  const { viewer } = await who.ask(
    `query ($first: Int, $last: Int, $after: String, $before: String, $filter: HistoryFilter) {
      viewer { history(first: $first, last: $last, after: $after, before: $before, filter: $filter) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } } } }`,
    variables,
  )
  const { edges, pageInfo, totalCount } = viewer.history
  const cursors = edges.map((edge: { cursor: string }) => edge.cursor)
  expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([cursors[0] ?? null, cursors.at(-1) ?? null])
  return { ...pageInfo, cursors, totalCount, ids: edges.map((edge: { node: { id: string } }) => edge.node.id) }
}

describe('pages', () => {
  it.each([1, 2, 3, 6, 7, 8])('of %i hold every session once, from the newest on', async (first) => {
    const seen: string[] = []
    let after: string | null = null
    for (;;) {
      const here: Page = await page({ first, after })
      seen.push(...here.ids)
      expect([here.hasPreviousPage, here.totalCount]).toEqual([after !== null, 7])
      if (!here.hasNextPage) break
      after = here.cursors.at(-1) ?? null
    }
    expect(seen).toEqual(ids)
  })

  it.each([1, 2, 3, 6, 7, 8])('of %i hold every session once, from the oldest on', async (last) => {
    const seen: string[] = []
    let before: string | null = null
    for (;;) {
      const here: Page = await page({ last, before })
      seen.unshift(...here.ids)
      expect([here.hasNextPage, here.totalCount]).toEqual([before !== null, 7])
      if (!here.hasPreviousPage) break
      before = here.cursors[0] ?? null
    }
    expect(seen).toEqual(ids)
  })

  it('between two places hold what lies there, from either end', async () => {
    const { cursors } = await page({ first: 7 })
    const [after, before] = [cursors[1], cursors[5]]
    expect(await page({ first: 2, after, before })).toMatchObject({ ids: [ids[2], ids[3]], hasNextPage: true })
    expect(await page({ last: 2, after, before })).toMatchObject({ ids: [ids[3], ids[4]], hasPreviousPage: true })
    expect(await page({ after, before })).toMatchObject({ ids: [ids[2], ids[3], ids[4]], hasNextPage: false })
    expect(await page({ first: 3, before: cursors[2] })).toMatchObject({ ids: [ids[0], ids[1]] })
  })

  it('keep their place when a session comes in between', async () => {
    const own = await signUpClient(installation.url)
    for (const _one of [1, 2]) await startedSessionId(own)
    const first = await page({ first: 1 }, own)
    time.advance(minuteMs)
    await startedSessionId(own)
    const next = await page({ first: 5, after: first.cursors[0] }, own)
    expect(next.ids).toHaveLength(1)
    expect(next.ids).not.toContain(first.ids[0])
  })
})

describe('filters', () => {
  let own: GraphqlClient
  let byName: Record<string, string>

  beforeAll(async () => {
    own = await signUpClient(installation.url)
    const start = async (level: string): Promise<string> => {
      time.advance(minuteMs)
      const input = {
        requestId: crypto.randomUUID(),
        activity: { conversation: { topicId: await topicId(own, level) } },
      }
      return (await mutate(own, 'startSession', { input })).session.id
    }
    const [done, failed, running] = [await start('A1'), await start('B2'), await start('C1')]
    await mutate(own, 'appendSegments', {
      input: { sessionId: done, segments: [segmentInput('a', { text: 'I ate 50% of a_pie, in Łódź \\o/' })] },
    })
    await mutate(own, 'endSession', { input: { sessionId: done } })
    await mutate(own, 'endSession', { input: { sessionId: failed, reason: 'FAILED' } })
    byName = { done, failed, running }
  })

  it.each([
    ['nothing', {}, ['running', 'failed', 'done']],
    [
      'nulls',
      { modes: null, statuses: null, levels: null, startedAfter: null, search: null },
      ['running', 'failed', 'done'],
    ],
    ['a mode', { modes: ['CONVERSATION'] }, ['running', 'failed', 'done']],
    ['a mode that was not held', { modes: ['DRILL'] }, []],
    ['a status', { statuses: ['FAILED'] }, ['failed']],
    ['two statuses', { statuses: ['ENDED', 'ACTIVE'] }, ['running', 'done']],
    ['a level', { levels: ['A1'] }, ['done']],
    ['a level and a status that do not go together', { levels: ['A1'], statuses: ['ACTIVE'] }, []],
    ['no status at all', { statuses: [] }, []],
    ['words that were said, in other letters', { search: 'ATE 50%' }, ['done']],
    ['a percent sign', { search: '0% of' }, ['done']],
    ['a percent sign that is no wildcard', { search: '5%pie' }, []],
    ['an underscore that is no wildcard', { search: 'of_a' }, []],
    ['an underscore', { search: 'a_p' }, ['done']],
    ['a backslash', { search: '\\o' }, ['done']],
    ['letters beyond ASCII', { search: 'łÓDŹ' }, ['done']],
    ['blanks', { search: '   ' }, ['running', 'failed', 'done']],
    ['words that nobody said', { search: 'zzzz' }, []],
  ])('by %s', async (_what, filter, names) => {
    const found = await page({ filter }, own)
    expect(found.ids).toEqual(names.map((name) => byName[name]))
    expect(found.totalCount).toBe(names.length)
  })

  it('by time take the first moment and leave the last', async () => {
    const [row] = await lookUp(installation, 'select started_at from sessions where id = $1', [
      bareId(byName['failed'] ?? ''),
    ])
    const at = row.started_at.toISOString()
    expect((await page({ filter: { startedAfter: at } }, own)).ids).toEqual([byName['running'], byName['failed']])
    expect((await page({ filter: { startedBefore: at } }, own)).ids).toEqual([byName['done']])
    const sameMoment = at.replace('Z', '+00:00')
    expect((await page({ filter: { startedAfter: sameMoment, startedBefore: sameMoment } }, own)).ids).toEqual([])
  })

  it('by title', async () => {
    const { session } = await own.ask(`query ($id: ID!) { session(id: $id) { title } }`, { id: byName['failed'] })
    expect((await page({ filter: { search: session.title.toUpperCase() } }, own)).ids).toContain(byName['failed'])
  })

  it("never find another account's words", async () => {
    expect(await page({ filter: { search: 'ate 50%' } })).toMatchObject({ ids: [], totalCount: 0 })
  })
})
