/** What the learner says they said becomes part of the transcript: in its place, once, and never in the way of what is there. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSilentRecording } from '../support/silent-recording.ts'
import { announce, bareId, lookUp, startedSessionId, upload } from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  installation.provider.aligned = null
  client = await signUpClient(installation.url)
  sessionId = await startedSessionId(client)
  await mutate(client, 'appendSegments', {
    input: {
      sessionId,
      segments: [
        segmentInput('ask-1', { text: 'How are you?', startMs: 0, endMs: 2_000 }),
        segmentInput('ask-2', { text: 'What do you eat?', previousItemId: 'ask-1', startMs: 8_000, endMs: 10_000 }),
      ],
    },
  })
})
afterAll(() => installation.close())

// oxlint-disable-next-line typescript/no-explicit-any
function provide(text: string, over: Record<string, unknown> = {}): Promise<any> {
  return mutate(client, 'provideLearnerText', { input: { sessionId, text, ...over } })
}

async function end(): Promise<void> {
  await mutate(client, 'endSession', { input: { sessionId } })
}

/** Stores a recording that began when the session had run for this long. */
async function storeRecording(content: Buffer<ArrayBuffer>, startMs: number, part = 1): Promise<string> {
  const input = announce(sessionId, content, { startMs, part, durationSeconds: 20 })
  const presigned = await mutate(client, 'presignRecording', { input })
  await upload(client.url, presigned, content)
  await mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
  return presigned.recording.id
}

async function transcript(): Promise<{
  revision: number
  finalized: boolean
  segments: { itemId: string; sequence: number; source: string; speaker: string; text: string; startMs: number }[]
}> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { transcript { revision finalized
      segments { itemId sequence source speaker text startMs endMs final } } } }`,
    { id: sessionId },
  )
  return session.transcript
}

function texts({ segments }: Awaited<ReturnType<typeof transcript>>): string[] {
  return segments.map(({ sequence, source, text }) => `${sequence} ${source} ${text}`)
}

describe('without a recording', () => {
  it('is one segment, typed, and the session counts it', async () => {
    await end()
    const answer = await provide('  I am fine.\n I eat   rice. ')
    expect(answer).toMatchObject({ __typename: 'ProvideLearnerTextPayload', session: { segmentCount: 3 } })
    expect(texts(await transcript())).toContainEqual(expect.stringMatching(/^\d TYPED I am fine\. I eat rice\.$/))
  })

  it('changes nothing when it is sent again, however it is spaced', async () => {
    await end()
    await provide('I am fine.')
    const before = await transcript()
    expect((await provide('I  am\nfine.')).__typename).toBe('ProvideLearnerTextPayload')
    expect(await transcript()).toEqual(before)
  })

  it('is stored once when it is sent twice at once', async () => {
    await end()
    const answers = await Promise.all([provide('I am fine.'), provide('I am fine.')])
    expect(answers.map((answer) => answer.__typename)).toEqual(Array(2).fill('ProvideLearnerTextPayload'))
    expect((await transcript()).segments.filter(({ speaker }) => speaker === 'LEARNER')).toHaveLength(1)
  })

  it('is taken beside what was typed during the talk', async () => {
    await mutate(client, 'appendSegments', {
      input: {
        sessionId,
        segments: [
          segmentInput('typed', { speaker: 'LEARNER', source: 'TYPED', previousItemId: 'ask-2', startMs: 11_000 }),
        ],
      },
    })
    await end()
    expect((await provide('I am fine.')).__typename).toBe('ProvideLearnerTextPayload')
  })

  it('is taken when the transcript is closed, and whoever reads on from there gets it', async () => {
    await end()
    await lookUp(installation, `update transcripts set finalized_at = now() where session_id = $1`, [bareId(sessionId)])
    const { revision } = await transcript()
    await provide('I am fine.')
    const { session } = await client.ask(
      `query ($id: ID!, $after: Int!) { session(id: $id) { transcript { finalized segments(afterRevision: $after) { text } } } }`,
      { id: sessionId, after: revision },
    )
    expect(session.transcript.finalized).toBe(true)
    expect(session.transcript.segments).toContainEqual({ text: 'I am fine.' })
  })

  it('is among the events of the session without its words', async () => {
    await end()
    await provide('I am fine.')
    const rows = await lookUp(
      installation,
      `select detail from session_events where session_id = $1 and type = 'learner_text'`,
      [bareId(sessionId)],
    )
    expect(rows).toEqual([{ detail: { source: 'TYPED', segments: 1, words: 3 } }])
    expect(installation.logs.join('\n')).not.toContain('I am fine')
  })
})

describe('with a recording in which the words are found', () => {
  const aligned = [
    { word: 'I', start: 2, end: 2.2 },
    { word: 'am', start: 2.2, end: 2.5 },
    { word: 'fine.', start: 2.5, end: 3 },
    { word: 'I', start: 10, end: 10.2 },
    { word: 'eat', start: 10.2, end: 10.5 },
    { word: 'rice.', start: 12, end: 12.5 },
  ]
  const text = aligned.map(({ word }) => word).join(' ')

  it('stands between the questions, each part where it was said', async () => {
    installation.provider.aligned = aligned
    const recordingId = await storeRecording(await makeSilentRecording(20), 1_000)
    await end()
    await provide(text, { recordingId })
    const { segments } = await transcript()
    expect(segments.map(({ sequence, source, startMs, text: said }) => ({ sequence, source, startMs, said }))).toEqual([
      { sequence: 1, source: 'PROVIDER', startMs: 0, said: 'How are you?' },
      { sequence: 2, source: 'ALIGNED', startMs: 3_000, said: 'I am fine.' },
      { sequence: 3, source: 'PROVIDER', startMs: 8_000, said: 'What do you eat?' },
      { sequence: 4, source: 'ALIGNED', startMs: 11_000, said: 'I eat' },
      { sequence: 5, source: 'ALIGNED', startMs: 13_000, said: 'rice.' },
    ])
  })

  it('asks the aligner for all stored parts together, with its key, and reckons back to each', async () => {
    installation.provider.aligned = aligned
    await storeRecording(await makeSilentRecording(4), 1_000, 1)
    await storeRecording(await makeSilentRecording(12), 60_000, 2)
    await end()
    await provide(text)
    const request = installation.provider.requests.findLast(({ path }) => path === '/v1/audio/alignments')
    expect(request?.headers.authorization).toBe(`Bearer ${installation.provider.apiKey}`)
    const learner = (await transcript()).segments.filter(({ source }) => source === 'ALIGNED')
    // The second part begins 4 s into the sound, and a minute into the session.
    expect(learner.map(({ startMs }) => startMs)).toEqual([3_000, 66_000, 68_000])
  })

  it('is one typed segment over the recording when the words are not found', async () => {
    const recordingId = await storeRecording(await makeSilentRecording(20), 1_000)
    await end()
    await provide(text, { recordingId })
    const [typed] = (await transcript()).segments.filter(({ source }) => source === 'TYPED')
    expect(typed).toMatchObject({ text, startMs: 1_000, endMs: 21_000, final: true })
  })

  it('is one typed segment when the recording cannot be decoded', async () => {
    installation.provider.aligned = aligned
    const recordingId = await storeRecording(Buffer.from('this is no audio at all'), 0)
    await end()
    await provide(text, { recordingId })
    expect((await transcript()).segments.filter(({ speaker }) => speaker === 'LEARNER')).toMatchObject([
      { source: 'TYPED', text },
    ])
  })

  it('is typed when the aligner answers about another text', async () => {
    installation.provider.aligned = [{ word: 'Nonsense', start: 0, end: 1 }]
    const recordingId = await storeRecording(await makeSilentRecording(5), 0)
    await end()
    await provide(text, { recordingId })
    expect(texts(await transcript())).toContainEqual(`2 TYPED ${text}`)
  })
})
