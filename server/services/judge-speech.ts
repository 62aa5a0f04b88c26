import { measureSpeech } from '../domain/speech-metrics/measure-speech.ts'
import type { SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'
import type { SpeakingResult } from '../domain/speaking-result.ts'
import type { Material } from './evaluation-material.ts'
import { readEnvelopes } from './read-envelopes.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface SpeechJudgement {
  kind: 'SPEAKING'
  metrics: SpeechMetrics
  /** Of each answer of a speaking test, by its task's id. */
  taskMetrics: Record<string, SpeechMetrics>
  result: SpeakingResult
}

/** Measures and judges a conversation or a speaking test. Throws UnscorableError, and the signal's reason. */
export async function judgeSpeech(
  deps: Pick<ServiceDeps, 'blobs' | 'evaluator' | 'log'>,
  { session, segments, recordings, tasks }: Material,
  signal: AbortSignal,
): Promise<SpeechJudgement> {
  const kind = session.mode === 'CONVERSATION' ? 'CONVERSATION' : 'MONOLOGUE'
  const envelopes = await readEnvelopes(deps, recordings)
  const metrics = measureSpeech({ segments, envelopes, kind })
  const taskMetrics: Record<string, SpeechMetrics> = {}
  for (const { id } of tasks) {
    const answer = recordings.find(({ taskId }) => taskId === id)
    if (!answer) continue
    taskMetrics[id] = measureSpeech({
      segments: segments.filter(({ taskId }) => taskId === id),
      envelopes: envelopes.filter(({ recordingId }) => recordingId === answer.id),
      kind,
    })
  }
  const { title, level } = session
  const result = await deps.evaluator.evaluate({ segments, metrics, kind, title, level, tasks }, signal)
  return { kind: 'SPEAKING', metrics, taskMetrics, result }
}
