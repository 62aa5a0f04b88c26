import type { MeasureName, SpeechMetrics } from '../domain/speech-metrics/speech-metrics.ts'

/** The value of one measure; null where it is missing. */
export function valueOf(metrics: SpeechMetrics, name: MeasureName): number | null {
  return metrics.measures.find((measure) => measure.name === name)?.value ?? null
}
