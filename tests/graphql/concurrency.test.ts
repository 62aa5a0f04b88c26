/** What comes at the same time ends as if it had come one after the other. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { announce, lookUp, startedSessionId, startInput, uploadedRecordingId } from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

const many = Array.from({ length: 16 }, (_, index) => index)

it('counts every segment of appends that come together', async () => {
  const sessionId = await startedSessionId(client)
  const answers = await Promise.all(
    many.map((index) => {
      const segment = segmentInput(`item-${index}`, { startMs: index * 100, endMs: index * 100 + 50 })
      return mutate(client, 'appendSegments', { input: { sessionId, segments: [segment] } })
    }),
  )
  expect(new Set(answers.map((answer) => answer.__typename))).toEqual(new Set(['AppendSegmentsPayload']))
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { segmentCount transcript { revision segments { sequence } } } }`,
    {
      id: sessionId,
    },
  )
  expect(session.transcript.segments.map((segment: { sequence: number }) => segment.sequence)).toEqual(
    many.map((index) => index + 1),
  )
  expect([session.segmentCount, session.transcript.revision]).toEqual([16, 16])
})

it('takes no partial after an end that came together with it', async () => {
  for (const round of many) {
    const sessionId = await startedSessionId(client)
    const segment = segmentInput(`late-${round}`, { final: false })
    const [, appended] = await Promise.all([
      mutate(client, 'endSession', { input: { sessionId } }),
      mutate(client, 'appendSegments', { input: { sessionId, segments: [segment] } }),
    ])
    const { session } = await client.ask(
      `query ($id: ID!) { session(id: $id) { segmentCount transcript { segments { itemId } } } }`,
      { id: sessionId },
    )
    const isTaken = appended.__typename === 'AppendSegmentsPayload'
    expect(session).toEqual({
      segmentCount: isTaken ? 1 : 0,
      transcript: { segments: isTaken ? [{ itemId: `late-${round}` }] : [] },
    })
  }
})

it('starts one session for one request sent many times at once, with one secret', async () => {
  const input = await startInput(client, { requestId: randomUUID() })
  const answers = await Promise.all(many.map(() => mutate(client, 'startSession', { input })))
  expect(new Set(answers.map((answer) => answer.session?.id)).size).toBe(1)
  expect(answers.filter((answer) => answer.clientSecret !== null)).toHaveLength(1)
})

it('lets no more conversations run than allowed, however many start at once', async () => {
  const busy = await signUpClient(installation.url)
  const inputs = await Promise.all(many.map(() => startInput(busy)))
  const answers = await Promise.all(inputs.map((input) => mutate(busy, 'startSession', { input })))
  expect(answers.filter((answer) => answer.__typename === 'StartSessionPayload')).toHaveLength(3)
  expect(answers.filter((answer) => answer.__typename === 'LimitFault')).toHaveLength(13)
})

it('gives each mint of many at once a call number of its own, and only the last may call', async () => {
  const sessionId = await startedSessionId(client)
  const answers = await Promise.all(many.map(() => mutate(client, 'mintClientSecret', { sessionId })))
  expect(answers.map((answer) => answer.clientSecret.callNumber).sort((a, b) => a - b)).toEqual(
    many.map((index) => index + 2),
  )
})

it('announces one part once, however often it is asked at once', async () => {
  const sessionId = await startedSessionId(client)
  const answers = await Promise.all(
    many.map(() => mutate(client, 'presignRecording', { input: announce(sessionId, 'audio') })),
  )
  expect(answers.map((answer) => answer.__typename)).toEqual(many.map(() => 'PresignRecordingPayload'))
  expect(new Set(answers.map((answer) => answer.recording.id)).size).toBe(1)
})

it('completes a recording once, however often it is asked at once', async () => {
  const sessionId = await startedSessionId(client)
  const recordingId = await uploadedRecordingId(client, sessionId)
  const answers = await Promise.all(many.map(() => mutate(client, 'completeRecording', { recordingId })))
  expect(answers.map((answer) => answer.__typename)).toEqual(many.map(() => 'CompleteRecordingPayload'))
  const events = await lookUp(installation, `select from session_events where type = 'record_stop'`)
  expect(events).toHaveLength(1)
})

it('completes a recording that another request completed while this one was checking it', async () => {
  const recordingId = await uploadedRecordingId(client, await startedSessionId(client))
  const copy = installation.blobs.copy.bind(installation.blobs)
  installation.blobs.copy = async (...args) => {
    installation.blobs.copy = copy
    await mutate(client, 'completeRecording', { recordingId })
    await copy(...args)
  }
  const answer = await mutate(client, 'completeRecording', { recordingId })
  expect(answer).toMatchObject({ __typename: 'CompleteRecordingPayload', session: { hasAudio: true } })
})

it('makes exactly one of twenty first sign-ups the administrator', async () => {
  const empty = await startTestInstallation()
  try {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        mutate(new GraphqlClient(empty.url), 'signUp', {
          input: { email: `first-${index}@example.org`, password: 'a good password' },
        }),
      ),
    )
    const roles = answers.map((answer) => answer.viewer.role).sort()
    expect(roles).toEqual(['ADMIN', ...Array.from({ length: 19 }, () => 'LEARNER')])
  } finally {
    await empty.close()
  }
})
