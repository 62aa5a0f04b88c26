/** A topic talked about before: which conversation that was, and that many are asked for as one. */
import { graphql } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { schema } from '../../schema/index.ts'
import { type GraphqlClient, signUpClient, topicId } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, endedSessionId, lookUp } from './a-session.ts'
import { mutate } from './mutations.ts'

const time = createTestClock(new Date('2026-06-10T12:00:00Z'))
let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

/** Starts a conversation about the first topic of a level, a minute after the one before. */
async function startAbout(level: string, who = client): Promise<string> {
  time.advance(60_000)
  const activity = { conversation: { topicId: await topicId(who, level) } }
  const started = await mutate(who, 'startSession', { input: { requestId: crypto.randomUUID(), activity } })
  return started.session.id
}

async function talkAbout(level: string, who = client): Promise<string> {
  const sessionId = await startAbout(level, who)
  await mutate(who, 'endSession', { input: { sessionId } })
  return sessionId
}

async function previous(id: string): Promise<string | null> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { ... on Conversation { previousAttempt { id } } } }`,
    { id },
  )
  return session.previousAttempt?.id ?? null
}

describe('the previous attempt', () => {
  it('is the newest one of the same topic that was started before', async () => {
    const [first, second, elsewhere, third] = [
      await talkAbout('A1'),
      await talkAbout('A1'),
      await talkAbout('B1'),
      await talkAbout('A1'),
    ]
    expect(await previous(first)).toBeNull()
    expect(await previous(second)).toBe(first)
    expect(await previous(third)).toBe(second)
    expect(await previous(elsewhere)).toBeNull()
  })

  it('is not one that failed', async () => {
    const [first, second] = [await talkAbout('A1'), await startAbout('A1')]
    await lookUp(
      installation,
      `update sessions set status = 'FAILED', failure = '{}', end_reason = 'FAILED', ended_at = started_at, duration_seconds = 0 where id = $1`,
      [bareId(second)],
    )
    expect(await previous(await talkAbout('A1'))).toBe(first)
  })

  it('is not somebody else’s, before or in between', async () => {
    const other = await signUpClient(installation.url)
    await talkAbout('A1', other)
    const mine = await talkAbout('A1')
    await talkAbout('A1', other)
    const mineAgain = await talkAbout('A1')
    expect(await previous(mine)).toBeNull()
    expect(await previous(mineAgain)).toBe(mine)
  })

  it('of every line of a history is given with it, with what belongs to it', async () => {
    const ids = [await talkAbout('A1'), await talkAbout('B1'), await talkAbout('A1'), await talkAbout('B1')]
    const { viewer } = await client.ask(`{ viewer { history(first: 20) { edges { node { id ... on Conversation {
      previousAttempt { id title topic { id } transcript { revision } previousAttempt { id } } } } } } } }`)
    const pairs = viewer.history.edges.map(
      ({ node }: { node: { id: string; previousAttempt: { id: string } | null } }) => [
        node.id,
        node.previousAttempt?.id,
      ],
    )
    expect(pairs).toEqual([
      [ids[3], ids[1]],
      [ids[2], ids[0]],
      [ids[1], undefined],
      [ids[0], undefined],
    ])
    expect(viewer.history.edges[0].node.previousAttempt).toMatchObject({
      topic: { id: expect.stringMatching(/^Topic_/) },
      previousAttempt: null,
    })
  })

  it('of many sessions is one question to the database', async () => {
    const row = await endedSessionId(client)
    const asked: string[][] = []
    const sessions = ['a', 'b', 'c'].map((id) => ({ id, mode: 'CONVERSATION', capSeconds: 1, startedAt: new Date() }))
    const services = {
      getViewer: async () => ({ id: 'me', email: 'me@example.org' }),
      listHistory: async () => ({ sessions, hasMore: false }),
      findPreviousAttempts: async (_viewer: unknown, ids: string[]) => {
        asked.push(ids)
        return new Map([['b', { ...sessions[0], id: bareId(row) }]])
      },
    }
    const { data, errors } = await graphql({
      schema,
      source: `{ viewer { history { edges { node { ... on Conversation { previousAttempt { id } } } } } } }`,
      contextValue: { viewer: { id: 'me' }, services },
    })
    expect(errors).toBeUndefined()
    expect(asked).toEqual([['a', 'b', 'c']])
    expect(JSON.parse(JSON.stringify(data)).viewer.history.edges).toEqual([
      { node: { previousAttempt: null } },
      { node: { previousAttempt: { id: row } } },
      { node: { previousAttempt: null } },
    ])
  })
})
