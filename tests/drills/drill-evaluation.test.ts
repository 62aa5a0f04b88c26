/** Document 004, "Evaluation Result Entity", and the transitions from SUBMITTED on: typed and recorded, with and without somebody who writes down. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { UnscorableError } from '../../server/evaluation/evaluator.ts'
import { eventsOf, storedRecordingId } from '../graphql/a-recording.ts'
import { bareId, lookUp } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { startTranscriptionService, type TranscriptionService } from '../transcription/transcription-service.ts'
import {
  answeredDrillId,
  categories,
  createScriptedScorer,
  readDrill,
  settledDrill,
  startedDrillId,
  storePack,
  type StoredPack,
  submit,
} from './a-drill.ts'

const scorer = createScriptedScorer()
let service: TranscriptionService
let installation: TestInstallation
/** Of the installation, where nothing can write down, and of another node of it, where the service can. */
let client: GraphqlClient
let heard: GraphqlClient
let pack: StoredPack
let sound: Buffer<ArrayBuffer>

beforeAll(async () => {
  service = await startTranscriptionService()
  installation = await startTestInstallation({ over: { drillEvaluator: scorer } })
  pack = await storePack(installation)
  sound = await makeSoundingRecording(...speakFor('plain', 6))
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(async () => {
  await installation.close()
  await service.close()
})

/** A drill that is answered by a recording. */
async function spokenDrillId(who: GraphqlClient, questionId = pack.questions[0]): Promise<string> {
  const sessionId = await startedDrillId(who, questionId)
  const recordingId = await storedRecordingId(who, sessionId, sound, { durationSeconds: 6 })
  expect((await submit(who, sessionId, { recordingId })).__typename).toBe('SubmitDrillResponsePayload')
  return sessionId
}

/** Long enough to measure its words, were it speech. */
const longText = `Last spring our only baker fell ill two days before a wedding, and forty guests waited for their cake. I rang
  every shop in town, found a retired pastry cook who still had her own oven, and fetched flour, eggs and butter myself. We worked
  through the night, wrote down each step, and kept the mother of the bride informed by telephone. Nobody noticed that anything
  had gone wrong, and since that weekend we always have a list of people who could help us at short notice.`

describe('the judgement of a typed answer', () => {
  it('has every part of document 004, made of the question as its pack has it', async () => {
    const drill = await settledDrill(client, await answeredDrillId(client, pack.questions[1], 'Worth a lot, worth 72.'))
    expect(drill.evaluation).toMatchObject({
      modelUsed: 'scripted/1',
      overallScore: 72,
      words: 5,
      wpm: null,
      durationSeconds: null,
      whatChanged: ['Name one example.'],
      practiceRule: 'Begin with the answer.',
      parts: [{ name: 'coverage', score: 72, weight: 1 }],
      limits: [],
      sinceLastAttempt: null,
    })
    expect(drill.evaluation.categories.map(({ name }: { name: string }) => name)).toEqual(categories)
    expect(scorer.inputs.at(-1)).toMatchObject({
      answer: 'Worth a lot, worth 72.',
      isSpoken: false,
      durationSeconds: null,
      metrics: null,
      question: {
        prompt: 'Tell me of a mistake.',
        category: 'Evidence',
        expectedDurationSeconds: 60,
        evaluationCriteria: ['Names one example', 'Says what came of it'],
        criteriaSignals: null,
      },
      categories: categories.map((name) => ({ name, description: null, signals: [], practiceRule: null })),
    })
  })

  it('is held against the last attempt at the same question, whichever version of the pack asked it', async () => {
    const name = crypto.randomUUID()
    const former = await storePack(installation, { name, version: '1.0.0' })
    const first = await answeredDrillId(client, former.questions[0], 'Worth 40.')
    await settledDrill(client, first)
    await settledDrill(client, await answeredDrillId(client, former.questions[1], 'Worth 90.'))
    pack = await storePack(installation, { name, version: '1.1.0' })
    const second = await settledDrill(client, await answeredDrillId(client, pack.questions[0], 'Now worth 65.'))
    expect(second.evaluation.sinceLastAttempt).toMatchObject({ scoreChange: 25, gained: categories, lost: [] })
    expect(second.evaluation.sinceLastAttempt.lines.length).toBeGreaterThan(0)
    expect((await readDrill(client, first)).evaluation.sinceLastAttempt).toBeNull()
  })

  it('is refused with its reason where there is none to give, and made anew at the learner’s wish', async () => {
    const sessionId = await startedDrillId(client, pack.questions[0])
    scorer.refusal = new UnscorableError('OFF_TOPIC', 'This does not answer the question.', false)
    try {
      await submit(client, sessionId, { text: 'Worth 80.' })
      expect(await settledDrill(client, sessionId, 'FAILED')).toMatchObject({
        status: 'ENDED',
        evaluation: null,
        completedAt: null,
        evaluationFailure: { code: 'OFF_TOPIC', message: 'This does not answer the question.', retryable: false },
      })
    } finally {
      scorer.refusal = null
    }
    expect(await mutate(client, 'requestEvaluation', { sessionId })).toMatchObject({
      __typename: 'RequestEvaluationPayload',
    })
    expect(await settledDrill(client, sessionId)).toMatchObject({ evaluation: { overallScore: 80 } })
    expect(await eventsOf(client, sessionId, 'evaluate')).toMatchObject([
      { detail: { code: 'OFF_TOPIC' } },
      { detail: { score: 80 } },
    ])
  })

  it('counts in the week, not as speech', async () => {
    for (const score of [55, 75, 65])
      await settledDrill(
        client,
        await answeredDrillId(client, pack.questions[0], `${longText} ${longText} Worth ${score}.`),
      )
    await mutate(client, 'endSession', { input: { sessionId: await startedDrillId(client, pack.questions[0]) } })
    const { viewer } = await client.ask(`{ viewer { progress(weeks: 2) { sessions
      weeks { sessions bestDrillScore medianWpm medianMtld level } } } }`)
    expect(viewer.progress.sessions).toBe(3)
    expect(viewer.progress.weeks).toEqual([
      { sessions: 0, bestDrillScore: null, medianWpm: null, medianMtld: null, level: null },
      { sessions: 3, bestDrillScore: 75, medianWpm: null, medianMtld: null, level: null },
    ])
  })

  it('is told to whoever follows the drill', async () => {
    const sessionId = await startedDrillId(client, pack.questions[0])
    const socket = client.openSocket()
    const updates = socket.iterate({
      query: `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { ... on Drill { drillStatus } } }`,
      variables: { id: sessionId },
    })
    const seen: string[] = []
    try {
      for await (const update of updates) {
        const { drillStatus } = (update as { data: { sessionUpdated: { drillStatus: string } } }).data.sessionUpdated
        seen.push(drillStatus)
        if (drillStatus === 'STARTED') await submit(client, sessionId, { text: 'Worth 60.' })
        if (drillStatus === 'COMPLETED') break
      }
    } finally {
      await socket.dispose()
    }
    const order = ['STARTED', 'SUBMITTED', 'PROCESSING', 'COMPLETED']
    expect(seen).toEqual(seen.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)))
    expect([seen[0], seen.at(-1)]).toEqual(['STARTED', 'COMPLETED'])
  })
})

describe('a recorded answer where nothing can write it down', () => {
  it('gets no score and is told why, until the learner types what was said', async () => {
    const sessionId = await spokenDrillId(client)
    expect(await settledDrill(client, sessionId, 'FAILED')).toMatchObject({
      status: 'ENDED',
      evaluationFailure: {
        code: 'TRANSCRIPTION_UNAVAILABLE',
        message:
          'Your recording is stored, but nothing here can write down what you said. Type what you said, and your answer is scored.',
        retryable: false,
      },
    })
    const told = { sessionId, text: 'I broke a vase, worth 66.' }
    expect(await mutate(client, 'provideLearnerText', { input: told })).toMatchObject({
      __typename: 'ProvideLearnerTextPayload',
    })
    const drill = await settledDrill(client, sessionId)
    expect(drill.evaluation).toMatchObject({ overallScore: 66, words: 6, durationSeconds: expect.closeTo(6, 0) })
    expect(scorer.inputs.at(-1)).toMatchObject({ answer: told.text, isSpoken: true, metrics: expect.anything() })
  })

  it('tells nothing of an answer that was typed, nor of a question that was not answered', async () => {
    const typed = await answeredDrillId(client, pack.questions[0], 'Typed.')
    expect(await mutate(client, 'provideLearnerText', { input: { sessionId: typed, text: 'Else.' } })).toMatchObject({
      __typename: 'ConflictFault',
    })
    const left = await startedDrillId(client, pack.questions[0])
    await storedRecordingId(client, left, sound)
    await mutate(client, 'endSession', { input: { sessionId: left } })
    expect(await mutate(client, 'provideLearnerText', { input: { sessionId: left, text: 'Else.' } })).toMatchObject({
      __typename: 'ConflictFault',
      message: 'This question was never answered. Start it anew to answer it.',
    })
    expect((await readDrill(client, left)).evaluationStatus).toBe('NONE')
  })
})

describe('a recorded answer where somebody can write it down', () => {
  let other: TestInstallation

  beforeAll(async () => {
    service.models = ['a model']
    const realtime = { baseUrl: service.baseUrl, apiKey: 'key', isBuiltIn: true }
    other = await startTestInstallation({ over: { realtime, drillEvaluator: scorer } })
  })
  beforeEach(async () => {
    pack = await storePack(other, { name: crypto.randomUUID() })
    heard = await signUpClient(other.url)
  })
  afterAll(() => other.close())

  const says = (text: string): void => {
    const segments = text === '' ? [] : [{ start: 0.5, end: 5.5, text }]
    service.answers = [{ status: 200, body: { text, language: 'english', segments } }]
  }

  it('is judged once, of its words and its sound', async () => {
    says('I broke a vase and told them at once, worth 77.')
    const sessionId = await spokenDrillId(heard)
    const drill = await settledDrill(heard, sessionId)
    expect(drill).toMatchObject({
      transcript: { segments: [{ source: 'RECOGNISED', text: 'I broke a vase and told them at once, worth 77.' }] },
      evaluation: { overallScore: 77, words: 11, wpm: expect.closeTo(110, -1), metrics: { words: 11 } },
    })
    expect(await eventsOf(heard, sessionId, 'evaluate')).toHaveLength(1)
    expect(await eventsOf(heard, sessionId, 'transcribe')).toMatchObject([{ detail: { words: 11 } }])
  })

  it('is not the other tries: those are not written down', async () => {
    says('Worth 70.')
    const sessionId = await startedDrillId(heard, pack.questions[0])
    await storedRecordingId(heard, sessionId, sound, { durationSeconds: 6 })
    const recordingId = await storedRecordingId(heard, sessionId, sound, { durationSeconds: 6, part: 2 })
    await submit(heard, sessionId, { recordingId })
    expect((await settledDrill(heard, sessionId)).segmentCount).toBe(1)
    expect(await eventsOf(heard, sessionId, 'transcribe')).toMatchObject([{ detail: { part: 2 } }])
  })

  it('in which nobody speaks is empty', async () => {
    says('')
    expect(await settledDrill(heard, await spokenDrillId(heard), 'FAILED')).toMatchObject({
      evaluationFailure: { code: 'EMPTY_ANSWER' },
    })
  })

  it('that cannot be made out says so, and is tried again at the learner’s wish', async () => {
    service.answers = [{ status: 400, body: { error: { message: 'no' } } }]
    const sessionId = await spokenDrillId(heard)
    expect(await settledDrill(heard, sessionId, 'FAILED')).toMatchObject({
      evaluationFailure: {
        code: 'TRANSCRIPTION_UNAVAILABLE',
        message:
          'Your recording is stored, but what you said could not be written down. Type what you said, and your answer is scored.',
      },
    })
    says('Clearer now, worth 71.')
    await mutate(heard, 'requestEvaluation', { sessionId })
    expect(await settledDrill(heard, sessionId)).toMatchObject({ evaluation: { overallScore: 71 } })
    expect(await eventsOf(heard, sessionId, 'evaluate')).toMatchObject([
      { detail: { code: 'TRANSCRIPTION_UNAVAILABLE' } },
      { detail: { score: 71 } },
    ])
  })

  it('waits for its words as SUBMITTED while the service is away', async () => {
    service.answers = [{ status: 503, headers: { 'retry-after-ms': '1' }, body: {} }]
    const before = service.requests.length
    const sessionId = await spokenDrillId(heard)
    // The service was asked, and then its judgement was: both wait to be asked again.
    const waiting = `select from graphile_worker.jobs where (key = $1 and attempts = 1 and last_error is not null)
      or (key = $2 and attempts = 0 and run_at > now() + interval '1 s')`
    const recording = (await readDrill(heard, sessionId)).recording.id
    const keys = [`transcribe-recording:${bareId(recording)}`, `evaluate-session:${bareId(sessionId)}`]
    await expect.poll(() => lookUp(other, waiting, keys), { timeout: 20_000 }).toHaveLength(2)
    expect(service.requests.length).toBeGreaterThan(before)
    expect(await readDrill(heard, sessionId)).toMatchObject({ drillStatus: 'SUBMITTED', evaluationFailure: null })
    expect(await mutate(heard, 'requestEvaluation', { sessionId })).toMatchObject({ __typename: 'ConflictFault' })
    says('Here it is, worth 73.')
    expect(await settledDrill(heard, sessionId)).toMatchObject({ evaluation: { overallScore: 73 } })
    expect(await eventsOf(heard, sessionId, 'evaluate')).toHaveLength(1)
  })
})
