import { toPackContent } from '../domain/content-pack.ts'
import type { DrillResult } from '../domain/drill-result.ts'
import { measureSpeech } from '../domain/speech-metrics/measure-speech.ts'
import type { SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'
import type { DrillCategory } from '../evaluation/drill/drill-evaluator.ts'
import { UnscorableError } from '../evaluation/evaluator.ts'
import type { DrillMaterial, Material } from './evaluation-material.ts'
import { readEnvelopes } from './read-envelopes.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface DrillJudgement {
  kind: 'DRILL'
  metrics: SpeechMetrics
  taskMetrics: Record<string, never>
  result: DrillResult
}

type Deps = Pick<ServiceDeps, 'blobs' | 'drillEvaluator' | 'transcriber' | 'log'>

/** Measures and judges the answer to a question. Throws UnscorableError, also while there are no words of it; and the signal's reason. */
export async function judgeDrill(
  deps: Deps,
  { segments, recordings }: Material,
  { response, question }: DrillMaterial,
  signal: AbortSignal,
): Promise<DrillJudgement> {
  const [recording] = recordings
  if (recording && segments.length === 0 && recording.transcriptionStatus !== 'COMPLETED')
    throw await toUnheard(deps, recording)
  const metrics = measureSpeech({ segments, envelopes: await readEnvelopes(deps, recordings), kind: 'MONOLOGUE' })
  const isSpoken = response.recordingId !== null
  const { pack, ...asked } = question
  const input = {
    answer: segments.map(({ text }) => text).join(' '),
    isSpoken,
    durationSeconds: recording ? (recording.measuredSeconds ?? recording.durationSeconds) : null,
    metrics: isSpoken ? metrics : null,
    segments,
    question: asked,
    categories: listCategories(pack),
  }
  return { kind: 'DRILL', metrics, taskMetrics: {}, result: await deps.drillEvaluator.evaluate(input, signal) }
}

function listCategories(pack: DrillMaterial['question']['pack']): DrillCategory[] {
  const { categories, guides } = toPackContent(pack)
  const unguided = { description: null, signals: [], practiceRule: null }
  return categories.map((name) => ({ name, ...(guides[name] ?? unguided) }))
}

/** There is an answer, but nobody knows its words. The learner does. */
async function toUnheard(
  deps: Deps,
  { transcriptionStatus }: Pick<Material['recordings'][number], 'transcriptionStatus'>,
): Promise<UnscorableError> {
  const isAvailable = transcriptionStatus === 'FAILED' || (await deps.transcriber.isAvailable())
  const why = isAvailable
    ? 'Your recording is stored, but what you said could not be written down.'
    : 'Your recording is stored, but nothing here can write down what you said.'
  return new UnscorableError(
    'TRANSCRIPTION_UNAVAILABLE',
    `${why} Type what you said, and your answer is scored.`,
    false,
  )
}
