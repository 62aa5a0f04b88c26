/** The server listens in on a call by itself: what its browser does not deliver is in the transcript all the same. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { append, type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { eventsOf, runNow } from './a-recording.ts'
import { bareId, lookUp, sendOffer, startInput } from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient
let sessionId: string
let callId: string
let call: WebSocket

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  const { session, clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  sessionId = session.id
  callId = await placeCall(installation.url, clientSecret)
  call = await installation.provider.sideband(callId)
})
afterAll(() => installation.close())

/** Gives the provider's id of it. */
async function placeCall(url: string, clientSecret: Parameters<typeof sendOffer>[1]): Promise<string> {
  await sendOffer(url, clientSecret)
  const [row] = await lookUp(
    installation,
    'select provider_call_id as id from client_secrets where session_id = $1 order by call_number desc',
    [bareId(sessionId)],
  )
  return row.id
}

function tell(...events: Record<string, unknown>[]): void {
  events.forEach((event, index) => call.send(JSON.stringify({ event_id: `event_${index}`, ...event })))
}

/** What the learner says, from the first sound to the written words. */
function learnerSays(id: string, previous: string | null, transcript: string): void {
  const item = { id, type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] }
  tell(
    { type: 'input_audio_buffer.committed', item_id: id, previous_item_id: previous },
    { type: 'conversation.item.added', previous_item_id: previous, item },
    { type: 'conversation.item.input_audio_transcription.completed', item_id: id, content_index: 0, transcript },
  )
}

/** What the partner says, as far as it has come. */
function partnerSays(id: string, previous: string | null, words: string, isDone: boolean): void {
  const place = { item_id: id, response_id: `response_of_${id}`, content_index: 0 }
  const item = { id, type: 'message', role: 'assistant', content: [] }
  tell(
    { type: 'conversation.item.added', previous_item_id: previous, item },
    { type: 'response.output_audio_transcript.delta', ...place, delta: words },
  )
  if (!isDone) return
  tell(
    { type: 'output_audio_buffer.started', response_id: place.response_id },
    { type: 'response.output_audio_transcript.done', ...place, transcript: words },
    { type: 'response.done', response: { id: place.response_id, status: 'completed', output: [] } },
    { type: 'output_audio_buffer.stopped', response_id: place.response_id },
  )
}

async function transcript(): Promise<{ itemId: string; speaker: string; text: string; final: boolean }[]> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { transcript { segments { itemId speaker text final } } } }`,
    { id: sessionId },
  )
  return session.transcript.segments
}

const callsEnded = () => eventsOf(client, sessionId, 'call_ended')

it('stores both sides of a call whose browser is gone, as far as they were heard', async () => {
  partnerSays('p1', null, 'Hello. Where do you live?', true)
  learnerSays('l1', 'p1', 'I live in a village.')
  partnerSays('p2', 'l1', 'A village! I would', false)
  call.close(1000)
  await expect.poll(transcript, { timeout: 10_000 }).toEqual([
    { itemId: 'p1', speaker: 'PARTNER', text: 'Hello. Where do you live?', final: true },
    { itemId: 'l1', speaker: 'LEARNER', text: 'I live in a village.', final: true },
    { itemId: 'p2', speaker: 'PARTNER', text: 'A village! I would', final: true },
  ])
})

it('delivers finals while the call goes on, and leaves alone what the browser delivered', async () => {
  await append(client, sessionId, segmentInput('p1', { text: 'Hello there.', startMs: 5, endMs: 900 }))
  partnerSays('p1', null, 'Hello there.', true)
  learnerSays('l1', 'p1', 'Good morning.')
  await expect
    .poll(async () => (await transcript()).map(({ text }) => text), { timeout: 10_000 })
    .toEqual(['Hello there.', 'Good morning.'])
  const [stored] = await lookUp(
    installation,
    `select start_ms, end_ms, revision from segments where session_id = $1 and item_id = 'p1'`,
    [bareId(sessionId)],
  )
  expect(stored).toEqual({ start_ms: 5, end_ms: 900, revision: 1 })
})

it('takes no item for new that a page only gave back to a new call', async () => {
  const item = {
    id: 'replay_1',
    type: 'message',
    role: 'user',
    content: [{ type: 'input_text', text: 'From before.' }],
  }
  tell({ type: 'conversation.item.added', previous_item_id: null, item })
  learnerSays('l1', 'replay_1', 'And now.')
  call.close(1000)
  await expect.poll(async () => (await transcript()).map(({ text }) => text), { timeout: 10_000 }).toEqual(['And now.'])
})

it('notes that a call is over, once, whoever ended it', async () => {
  call.close(1000)
  await expect.poll(callsEnded, { timeout: 10_000 }).toEqual([{ type: 'call_ended', detail: { callNumber: 1 } }])
  await mutate(client, 'endSession', { input: { sessionId } })
  expect(await callsEnded()).toHaveLength(1)
})

it('joins the call again as often as the connection to it breaks', async () => {
  for (const nth of [2, 3, 4, 5, 6, 7]) {
    learnerSays(`l${nth}`, nth === 2 ? null : `l${nth - 1}`, `Sentence ${nth}.`)
    call.terminate()
    call = await installation.provider.sideband(callId, nth)
  }
  learnerSays('l8', 'l7', 'The end.')
  call.close(1000)
  await expect
    .poll(async () => (await transcript()).map(({ itemId }) => itemId), { timeout: 10_000 })
    .toEqual(['l2', 'l3', 'l4', 'l5', 'l6', 'l7', 'l8'])
  expect(await callsEnded()).toHaveLength(1)
})

describe('when the server that follows a call goes away', () => {
  it('is followed by another after it was stopped, and nothing that was half said is taken for whole', async () => {
    const node = await installation.startNode()
    const { clientSecret } = await mutate(client, 'mintClientSecret', { sessionId })
    const nextId = await placeCall(node.url, clientSecret)
    call = await installation.provider.sideband(nextId)
    partnerSays('p1', null, 'Where do', false)
    await expect.poll(() => call.bufferedAmount).toBe(0)
    await node.close()
    expect(await transcript()).toEqual([{ itemId: 'p1', speaker: 'PARTNER', text: 'Where do', final: false }])
    await runNow(installation, 'abandon-sessions')
    call = await installation.provider.sideband(nextId, 2)
    partnerSays('p1', null, 'Where do you live?', true)
    learnerSays('l1', 'p1', 'In a village.')
    await expect
      .poll(async () => (await transcript()).map(({ text, final }) => [text, final]), { timeout: 10_000 })
      .toEqual([
        ['Where do you live?', true],
        ['In a village.', true],
      ])
  })

  it('is followed by another once the one that died would have spoken up again, and not before', async () => {
    await runNow(installation, 'abandon-sessions')
    expect(installation.provider.sidebandCount(callId)).toBe(1)
    await lookUp(installation, 'update client_secrets set followed_until = now() where session_id = $1', [
      bareId(sessionId),
    ])
    await runNow(installation, 'abandon-sessions')
    call = await installation.provider.sideband(callId, 2)
    learnerSays('l1', null, 'Still here.')
    await expect
      .poll(async () => (await transcript()).map(({ text }) => text), { timeout: 10_000 })
      .toEqual(['Still here.'])
  })
})

it('stores the last words of a call when the database is back', async () => {
  learnerSays('l1', null, 'Do not forget this.')
  await lookUp(installation, 'revoke insert on segments from parley_app')
  call.close(1000)
  const complaint = 'could not be added to its transcript'
  await expect.poll(() => installation.logs.filter((line) => line.includes(complaint))).not.toEqual([])
  await lookUp(installation, 'grant insert on segments to parley_app')
  await expect
    .poll(async () => (await transcript()).map(({ text }) => text), { timeout: 10_000 })
    .toEqual(['Do not forget this.'])
})
