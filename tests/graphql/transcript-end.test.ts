/** From a session's end to its transcript's: what is still taken, for how long, and what then becomes of open partials. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, createTestClock, lookUp, startedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

const secondMs = 1_000
const dayMs = 24 * 3_600_000
// Years ahead: the jobs that are queued wait for a time that does not come while the tests run.
const time = createTestClock(new Date('2100-01-01T12:00:00Z'))
let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock: time.clock } })
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  sessionId = await startedSessionId(client)
})
afterAll(() => installation.close())

// oxlint-disable-next-line typescript/no-explicit-any
function append(...segments: Record<string, unknown>[]): Promise<any> {
  return mutate(client, 'appendSegments', { input: { sessionId, segments } })
}

// oxlint-disable-next-line typescript/no-explicit-any
function end(over: Record<string, unknown> = {}): Promise<any> {
  return mutate(client, 'endSession', { input: { sessionId, ...over } })
}

/** How long after the session's end its transcript is to be closed; null when no job is queued. */
async function finalizesAfterMs(): Promise<number | null> {
  const [row] = await lookUp(
    installation,
    `select j.run_at, s.ended_at from graphile_worker.jobs j join sessions s on j.key = 'finalize-transcript:' || s.id where s.id = $1`,
    [bareId(sessionId)],
  )
  return row ? row.run_at.getTime() - row.ended_at.getTime() : null
}

/** Lets the queued job run now, and waits until it has. */
async function runFinalization(): Promise<void> {
  const key = `finalize-transcript:${bareId(sessionId)}`
  await lookUp(
    installation,
    `select graphile_worker.add_job('finalize-transcript', json_build_object('sessionId', $1::text), job_key => $2)`,
    [bareId(sessionId), key],
  )
  await expect.poll(() => lookUp(installation, 'select from graphile_worker.jobs where key = $1', [key])).toEqual([])
}

async function transcript(): Promise<{
  finalized: boolean
  revision: number
  segments: { itemId: string; text: string; final: boolean }[]
}> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { transcript { finalized revision segments { itemId text final } } } }`,
    {
      id: sessionId,
    },
  )
  return session.transcript
}

describe('after the end', () => {
  it('finals are taken, partials are not, and a mixed batch is refused whole', async () => {
    await end({ pendingSegments: 2 })
    expect(await append(segmentInput('late'))).toMatchObject({
      __typename: 'AppendSegmentsPayload',
      segments: [{ itemId: 'late' }],
    })
    expect(await append(segmentInput('good'), segmentInput('open', { final: false }))).toMatchObject({
      __typename: 'SessionNotActiveFault',
      status: 'ENDED',
      message: expect.stringContaining('only final'),
    })
    expect((await transcript()).segments.map((segment) => segment.itemId)).toEqual(['late'])
  })

  it.each(['FAILED', 'ABANDONED'])('by %s finals are taken all the same', async (reason) => {
    expect(await end({ reason })).toMatchObject({ session: { status: reason, endReason: reason } })
    expect(await append(segmentInput('late'))).toMatchObject({ __typename: 'AppendSegmentsPayload' })
  })

  it('how many came is on record, once for what comes twice, without a word of it', async () => {
    await append(segmentInput('before'))
    await end({ pendingSegments: 2 })
    const late = [segmentInput('late'), segmentInput('later', { previousItemId: 'late' })]
    await append(...late)
    await append(...late)
    const events = await lookUp(
      installation,
      `select detail from session_events where session_id = $1 and type = 'late_segments'`,
      [bareId(sessionId)],
    )
    expect(events).toEqual([{ detail: { count: 2 } }])
  })

  it('a final closes the partial that was open', async () => {
    await append(segmentInput('open', { text: 'I wan', final: false }))
    await end({ pendingSegments: 1 })
    await append(segmentInput('open', { text: 'I want tea.' }))
    expect((await transcript()).segments).toEqual([{ itemId: 'open', text: 'I want tea.', final: true }])
  })
})

describe('the end itself', () => {
  it('comes once: the first stays, with its time and its reason', async () => {
    time.advance(90 * secondMs)
    const first = await end()
    time.advance(30 * secondMs)
    const second = await end({ reason: 'ABANDONED' })
    expect(first).toMatchObject({ session: { status: 'ENDED', endReason: 'COMPLETED', durationSeconds: 90 } })
    expect(second).toEqual(first)
    const events = await lookUp(installation, `select from session_events where session_id = $1 and type = 'end'`, [
      bareId(sessionId),
    ])
    expect(events).toHaveLength(1)
  })

  it('is never later than the time that was reserved', async () => {
    time.advance(20 * 60 * secondMs)
    await mutate(client, 'keepAlive', { sessionId })
    expect(await end()).toMatchObject({ session: { durationSeconds: 900 } })
  })
})

describe('the transcript is to be closed', () => {
  it('60 s after the end when nothing is announced as pending', async () => {
    await end()
    expect(await finalizesAfterMs()).toBe(60 * secondMs)
  })

  it('after 30 days when something stays pending', async () => {
    await end({ pendingSegments: 1 })
    expect(await finalizesAfterMs()).toBe(30 * dayMs)
  })

  it('60 s after the end once the rest has come, one by one', async () => {
    await append(segmentInput('early'))
    await end({ pendingSegments: 3 })
    await append(segmentInput('one', { previousItemId: 'early' }))
    await append(segmentInput('two', { previousItemId: 'one' }))
    expect(await finalizesAfterMs()).toBe(30 * dayMs)
    await append(segmentInput('three', { previousItemId: 'two' }))
    expect(await finalizesAfterMs()).toBe(60 * secondMs)
  })

  it('no sooner for segments that are sent again', async () => {
    await end({ pendingSegments: 2 })
    for (const _again of [1, 2, 3]) await append(segmentInput('one'))
    expect(await finalizesAfterMs()).toBe(30 * dayMs)
    await append(segmentInput('two', { previousItemId: 'one' }))
    expect(await finalizesAfterMs()).toBe(60 * secondMs)
  })

  it('as a later word on what is pending says', async () => {
    await end({ pendingSegments: 2 })
    await end({ pendingSegments: 0 })
    expect(await finalizesAfterMs()).toBe(60 * secondMs)
    await end({ pendingSegments: 1 })
    expect(await finalizesAfterMs()).toBe(30 * dayMs)
  })

  it.each([
    [-5, 60 * secondMs],
    [2_000_000_000, 30 * dayMs],
  ])('however odd the number of pending segments: %i', async (pendingSegments, afterMs) => {
    expect(await end({ pendingSegments })).toMatchObject({ __typename: 'EndSessionPayload' })
    expect(await finalizesAfterMs()).toBe(afterMs)
  })
})

describe('once closed', () => {
  it('open partials keep their text and are final, in one revision, told as an event without words', async () => {
    await append(
      segmentInput('done'),
      segmentInput('open', { previousItemId: 'done', text: 'and then I', final: false }),
    )
    await end()
    const before = await transcript()
    await runFinalization()
    expect(await transcript()).toEqual({
      finalized: true,
      revision: before.revision + 1,
      segments: [
        { itemId: 'done', text: 'text of done', final: true },
        { itemId: 'open', text: 'and then I', final: true },
      ],
    })
    const [event] = await lookUp(
      installation,
      `select detail from session_events where session_id = $1 and type = 'transcript_finalized'`,
      [bareId(sessionId)],
    )
    expect(event.detail).toEqual({ segments: 2, madeFinal: 1 })
  })

  it('nothing more is taken, and running the job again changes nothing', async () => {
    await append(segmentInput('done'))
    await end()
    await runFinalization()
    const closed = await transcript()
    await runFinalization()
    expect(await append(segmentInput('late', { previousItemId: 'done' }))).toMatchObject({
      __typename: 'SessionNotActiveFault',
      message: expect.stringContaining('closed'),
    })
    expect(await transcript()).toEqual(closed)
    expect(await end({ pendingSegments: 4 })).toMatchObject({ session: { transcript: { finalized: true } } })
    expect(await finalizesAfterMs()).toBeNull()
  })

  it('a session that runs is not touched by a job that comes too early', async () => {
    await append(segmentInput('open', { final: false }))
    await runFinalization()
    expect(await transcript()).toMatchObject({ finalized: false, segments: [{ final: false }] })
  })
})
