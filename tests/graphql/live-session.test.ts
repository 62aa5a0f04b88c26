import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { GraphqlClient } from '../support/graphql-client.ts'
import { append, segmentInput, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

it('holds a whole session: start, call, words, recording, end, history', async () => {
  const { session, clientSecret } = await startConversation(client)
  expect(session).toMatchObject({ status: 'ACTIVE' })
  expect(clientSecret).toMatchObject({ callNumber: 1, value: expect.stringMatching(/^ek_/) })

  const answer = await fetch(new URL(clientSecret.callUrl, installation.url), {
    method: 'POST',
    headers: { 'content-type': 'application/sdp', authorization: `Bearer ${clientSecret.value}` },
    body: 'v=0\r\ns=offer\r\n',
  })
  expect([answer.status, await answer.text()]).toEqual([201, 'v=0\r\ns=answer\r\n'])

  await append(client, session.id, segmentInput('hello', { text: 'Hello! What is your name?', final: false }))
  await append(
    client,
    session.id,
    segmentInput('hello', { text: 'Hello! What is your name?', endMs: 1800 }),
    segmentInput('name', {
      previousItemId: 'hello',
      speaker: 'LEARNER',
      source: 'MATCHED',
      text: 'My name is Ana.',
      startMs: 2500,
      endMs: 3900,
    }),
  )

  await client.ask(`mutation ($id: ID!) { endSession(input: { sessionId: $id }) { __typename } }`, { id: session.id })
  await uploadRecording(session.id, Buffer.from('not really audio, but exactly what was announced'))

  const { viewer } = await client.ask(`{ viewer { history { totalCount edges { node {
    id status title hasAudio hasTranscript segmentCount recording { url durationSeconds } transcript { revision text webVtt segments { sequence text } }
    events { edges { node { type } } } } } } } }`)
  expect(viewer.history.totalCount).toBe(1)
  const [{ node }] = viewer.history.edges
  expect(node).toMatchObject({ id: session.id, status: 'ENDED', hasAudio: true, hasTranscript: true, segmentCount: 2 })
  expect(node.transcript.segments.map((segment: { text: string }) => segment.text)).toEqual([
    'Hello! What is your name?',
    'My name is Ana.',
  ])
  expect(node.transcript.webVtt).toContain('<v Learner>My name is Ana.')
  expect(node.events.edges.map((edge: { node: { type: string } }) => edge.node.type)).toEqual([
    'start',
    'secret_minted',
    'call_connected',
    'end',
    'call_ended',
    'recording_announced',
    'record_stop',
  ])
  const played = await fetch(new URL(node.recording.url, installation.url), { headers: { range: 'bytes=4-9' } })
  expect([played.status, await played.text()]).toEqual([206, 'really'])
  expect(installation.provider.requests.some((request) => request.path.endsWith('/hangup'))).toBe(true)
})

async function uploadRecording(sessionId: string, content: Buffer): Promise<void> {
  const input = {
    sessionId,
    mimeType: 'audio/webm;codecs=opus',
    sizeBytes: content.length,
    durationSeconds: 4.2,
    sha256: createHash('sha256').update(content).digest('hex'),
    startMs: 0,
  }
  const { presignRecording } = await client.ask(
    `mutation ($input: PresignRecordingInput!) { presignRecording(input: $input) { __typename
      ... on PresignRecordingPayload { recording { id } uploadUrl headers { name value } } ... on Fault { message } } }`,
    { input },
  )
  expect(presignRecording.__typename).toBe('PresignRecordingPayload')
  const headers = Object.fromEntries(
    presignRecording.headers.map((header: { name: string; value: string }) => [header.name, header.value]),
  )
  const put = await fetch(new URL(presignRecording.uploadUrl, installation.url), {
    method: 'PUT',
    headers,
    body: new Uint8Array(content),
  })
  expect(put.ok).toBe(true)
  const { completeRecording } = await client.ask(
    `mutation ($id: ID!) { completeRecording(recordingId: $id) { __typename ... on Fault { message } ... on CompleteRecordingPayload { session { hasAudio } } } }`,
    { id: presignRecording.recording.id },
  )
  expect(completeRecording).toEqual({ __typename: 'CompleteRecordingPayload', session: { hasAudio: true } })
}
