/** Feedback on a session: made by itself after the end, made anew when more comes, and why there is none where there is none. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { announce, bareId, lookUp, startedSessionId, upload } from './a-session.ts'
import { mutate } from './mutations.ts'

const text =
  `Last summer I went to the coast with my sister and we stayed in a small house near the harbour. Every morning I walked
  along the beach and I looked at the boats. My sister did not like to walk so she read a book in the garden. In the afternoon we
  cooked fish that we bought at the market and then we played cards with the people next door. They were very friendly and they told
  us a lot of stories about the town. One day there was a big storm and we could not go out so we stayed in the kitchen and talked
  about our plans for the future.`.replaceAll(/\s+/g, ' ')

const wordCount = text.split(' ').length

let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  sessionId = await startedSessionId(client)
})
afterAll(() => installation.close())

interface Feedback {
  evaluationStatus: string
  evaluationFailure: { code: string; message: string; retryable: boolean } | null
  evaluation: {
    id: string
    modelUsed: string
    levelRange: string[]
    rationale: string
    metrics: { words: number; wpm: number | null; mtld: number | null; measures: { name: string }[] }
  } | null
}

async function feedback(): Promise<Feedback> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { evaluationStatus evaluationFailure { code message retryable } evaluation {
      id modelUsed metrics { words wpm mtld measures { name } } ... on SpeakingEvaluation { levelRange rationale } } } }`,
    { id: sessionId },
  )
  return session
}

/** Lets the queued judgement run now instead of when the recording's time is up. */
async function hurry(): Promise<void> {
  await lookUp(
    installation,
    `select graphile_worker.add_job('evaluate-session', json_build_object('sessionId', $1::text), job_key => $2)`,
    [bareId(sessionId), `evaluate-session:${bareId(sessionId)}`],
  )
}

async function settled(status: string): Promise<Feedback> {
  await expect.poll(async () => (await feedback()).evaluationStatus, { timeout: 20_000 }).toBe(status)
  return feedback()
}

// oxlint-disable-next-line typescript/no-explicit-any
function say(itemId: string, over: Record<string, unknown> = {}): Promise<any> {
  const segment = segmentInput(itemId, { speaker: 'LEARNER', text, startMs: 1_000, endMs: 61_000, ...over })
  return mutate(client, 'appendSegments', { input: { sessionId, segments: [segment] } })
}

const end = () => mutate(client, 'endSession', { input: { sessionId } })

async function rows(): Promise<number> {
  return (await lookUp(installation, 'select from evaluations where session_id = $1', [bareId(sessionId)])).length
}

describe('feedback', () => {
  it('is queued by the end, and there once it is made, by the scorer that it names', async () => {
    await say('a')
    expect(await end()).toMatchObject({ session: { evaluationStatus: 'PENDING' } })
    await hurry()
    const { evaluation, evaluationFailure } = await settled('COMPLETED')
    expect(evaluationFailure).toBeNull()
    expect(evaluation).toMatchObject({ modelUsed: 'local/1', metrics: { words: wordCount, mtld: expect.any(Number) } })
    expect(evaluation?.rationale).toMatch(/\.$/)
  })

  it('is not made of a session in which nothing was captured', async () => {
    expect(await end()).toMatchObject({ session: { evaluationStatus: 'NONE' } })
  })

  it('says why where there is too little to judge, and what to do', async () => {
    await say('a', { text: 'Yes.', endMs: 1_500 })
    await end()
    await hurry()
    const { evaluation, evaluationFailure } = await settled('FAILED')
    expect(evaluation).toBeNull()
    expect(evaluationFailure).toMatchObject({ code: 'TOO_LITTLE_SPEECH', retryable: false })
    expect(evaluationFailure?.message).toMatch(/^[A-Z].*\.$/)
  })

  it('is made anew of words that came late', async () => {
    await say('a')
    await mutate(client, 'endSession', { input: { sessionId, pendingSegments: 1 } })
    await hurry()
    const first = await settled('COMPLETED')
    await say('b', { previousItemId: 'a', startMs: 62_000, endMs: 90_000 })
    expect(await feedback()).toMatchObject({ evaluationStatus: 'PENDING', evaluation: { id: first.evaluation?.id } })
    await hurry()
    const second = await settled('COMPLETED')
    expect(second.evaluation).toMatchObject({ metrics: { words: 2 * wordCount } })
    expect(second.evaluation?.id).not.toBe(first.evaluation?.id)
  })

  it('is made once, however often its job runs', async () => {
    await say('a')
    await end()
    for (const _again of [1, 2, 3]) {
      await hurry()
      await settled('COMPLETED')
      await expect
        .poll(() =>
          lookUp(installation, 'select from graphile_worker.jobs where key = $1', [
            `evaluate-session:${bareId(sessionId)}`,
          ]),
        )
        .toEqual([])
    }
    expect(await rows()).toBe(1)
  })

  it('is made anew when the learner asks for it, and again only when that is done', async () => {
    await say('a')
    await end()
    await hurry()
    const first = await settled('COMPLETED')
    expect(await mutate(client, 'requestEvaluation', { sessionId })).toMatchObject({
      __typename: 'RequestEvaluationPayload',
      session: { evaluationStatus: expect.stringMatching(/PENDING|PROCESSING|COMPLETED/) },
    })
    const second = await settled('COMPLETED')
    await expect.poll(async () => (await feedback()).evaluation?.id).not.toBe(first.evaluation?.id)
    expect(second.evaluation).not.toBeNull()
    expect(await rows()).toBe(2)
  })

  it('waits for a recording that was announced, and reads the pauses from its sound', async () => {
    await say('a', { startMs: 0, endMs: 60_000 })
    const sound = await makeSoundingRecording(...speakFor('plain', 60))
    const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, sound) })
    await end()
    await hurry()
    const waits = `select from graphile_worker.jobs where key = $1 and run_at > now() + interval '5 s'`
    const key = `evaluate-session:${bareId(sessionId)}`
    await expect.poll(() => lookUp(installation, waits, [key])).toHaveLength(1)
    expect(await rows()).toBe(0)
    await upload(client.url, presigned, sound)
    await mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
    await settled('COMPLETED')
    const { session } = await client.ask(
      `query ($id: ID!) { session(id: $id) { evaluation { metrics { pauseSource } } } }`,
      { id: sessionId },
    )
    expect(session.evaluation.metrics).toEqual({ pauseSource: 'ENVELOPE' })
    expect(await rows()).toBe(1)
  })

  it('never touches what was captured', async () => {
    await say('a', { text: 'Yes.', endMs: 1_500 })
    await end()
    await hurry()
    await settled('FAILED')
    const { session } = await client.ask(
      `query ($id: ID!) { session(id: $id) { status endReason transcript { segments { text } } } }`,
      { id: sessionId },
    )
    expect(session).toEqual({
      status: 'ENDED',
      endReason: 'COMPLETED',
      transcript: { segments: [{ text: 'Yes.' }] },
    })
  })

  it('writes an event with numbers and codes, and no word of what was said', async () => {
    await say('a')
    await end()
    await hurry()
    await settled('COMPLETED')
    const events = await lookUp(
      installation,
      `select detail from session_events where session_id = $1 and type = 'evaluate'`,
      [bareId(sessionId)],
    )
    expect(events).toEqual([
      { detail: { scorer: 'local/1', processingMs: expect.any(Number), level: expect.anything() } },
    ])
    expect(installation.logs.join()).not.toContain('harbour')
  })
})
