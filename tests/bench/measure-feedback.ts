/** From End to feedback, as a learner waits for it: the recording is uploaded after the end, measured, and the session judged. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { written } from '../evaluation/model-answers.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, segmentInput, signUpClient, topicId } from '../support/graphql-client.ts'
import { startResponsesServer } from '../support/responses-server.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { type BenchSettings, startBenchInstallation } from './bench-installation.ts'
import { inMs, percentile, type Row } from './figures.ts'

const talkSeconds = 60
const localRounds = 30
const modelRounds = 6
/** As many as one learner may have running: what takes the time is the model's. */
const atOnceByModel = 3
const modelMs = 10_000

const words = 'I went to the market with my brother because we had nothing at home and we wanted to cook. '.repeat(6)

export async function measureFeedback(): Promise<Row[]> {
  const sound = await makeSoundingRecording(...speakFor('plain', talkSeconds))
  const byCounting = await measureRounds({}, sound, localRounds, 1)
  const model = await startResponsesServer()
  model.thinksMs = modelMs
  model.answers = written({})
  try {
    const evaluation = { baseUrl: model.baseUrl, apiKey: model.apiKey, model: 'examiner' }
    const byModel = await measureRounds({ evaluation }, sound, modelRounds, atOnceByModel)
    return [
      ...toRows('End to feedback by counting, 1 minute of speech', byCounting, '<= 5 s'),
      ...toRows(`End to feedback by a model that takes ${modelMs / 1_000} s`, byModel, '<= 30 s'),
    ]
  } finally {
    await model.close()
  }
}

function toRows(what: string, samples: readonly number[], goal: string): Row[] {
  return [
    { what: `${what}, p50`, figure: inMs(percentile(samples, 0.5)) },
    { what: `${what}, p95`, figure: inMs(percentile(samples, 0.95)), goal },
    { what: `${what}, p99`, figure: inMs(percentile(samples, 0.99)) },
  ]
}

/** On an installation of its own: every server of one takes its jobs. */
async function measureRounds(
  settings: Partial<BenchSettings>,
  sound: Buffer<ArrayBuffer>,
  rounds: number,
  atOnce: number,
): Promise<number[]> {
  const installation = await startBenchInstallation()
  try {
    const client = await signUpClient(await installation.startProcess('server-process.ts', settings))
    const topic = await topicId(client)
    const samples: number[] = []
    for (let round = 0; round < rounds; round += atOnce) {
      const several = Array.from({ length: atOnce }, () => measureOne(client, topic, sound))
      samples.push(...(await Promise.all(several)))
    }
    return samples
  } finally {
    await installation.close()
  }
}

async function measureOne(client: GraphqlClient, topic: string, sound: Buffer<ArrayBuffer>): Promise<number> {
  const activity = { conversation: { topicId: topic } }
  const started = await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })
  const sessionId: string = started.session.id
  const segment = segmentInput('a', { speaker: 'LEARNER', text: words, startMs: 0, endMs: talkSeconds * 1_000 })
  await mutate(client, 'appendSegments', { input: { sessionId, segments: [segment] } })
  const startedAt = performance.now()
  await mutate(client, 'endSession', { input: { sessionId } })
  await store(client, sessionId, sound)
  const document = 'query ($id: ID!) { session(id: $id) { evaluationStatus evaluationFailure { code } } }'
  for (;;) {
    const { session } = await client.ask(document, { id: sessionId })
    if (session.evaluationStatus === 'COMPLETED') return performance.now() - startedAt
    if (session.evaluationStatus === 'FAILED') throw new Error(`no feedback: ${session.evaluationFailure.code}`)
    await delay(20)
  }
}

async function store(client: GraphqlClient, sessionId: string, sound: Buffer<ArrayBuffer>): Promise<void> {
  const presigned = await mutate(client, 'presignRecording', {
    input: {
      sessionId,
      mimeType: 'audio/webm;codecs=opus',
      sizeBytes: sound.length,
      durationSeconds: talkSeconds,
      sha256: createHash('sha256').update(sound).digest('hex'),
      startMs: 0,
    },
  })
  const headers = presigned.headers.map(({ name, value }: { name: string; value: string }) => [name, value])
  await fetch(new URL(presigned.uploadUrl, client.url), {
    method: 'PUT',
    headers: Object.fromEntries(headers),
    body: sound,
  })
  await mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
}
