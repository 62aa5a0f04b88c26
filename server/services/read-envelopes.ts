import type { RecordingRecord } from '../../db/queries/recording.ts'
import { frameMs, type SpeechEnvelope } from '../domain/speech-metrics/speech-envelope.ts'
import type { RecordingId } from '../domain/ids.ts'
import { readMeasurement } from './read-measurement.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface RecordedEnvelope extends SpeechEnvelope {
  recordingId: RecordingId
}

/**
 * How loud the learner was, of those recordings that are measured: in order of time and without overlap, whatever their
 * clients said of when they begin. One whose measurement the store has lost is left out. Throws BlobStoreUnavailableError.
 */
export async function readEnvelopes(
  deps: Pick<ServiceDeps, 'blobs' | 'log'>,
  recordings: readonly RecordingRecord[],
): Promise<RecordedEnvelope[]> {
  const envelopes: RecordedEnvelope[] = []
  let endMs = -Infinity
  for (const recording of recordings.toSorted((a, b) => a.startMs - b.startMs || a.part - b.part)) {
    const measurement = await readMeasurement(deps, recording)
    if (!measurement) continue
    const { startMs } = recording
    const hiddenFrames = Math.max(0, Math.ceil((endMs - startMs) / frameMs))
    const levels = measurement.levels.subarray(hiddenFrames)
    if (levels.length === 0) continue
    envelopes.push({ recordingId: recording.id, startMs: startMs + hiddenFrames * frameMs, levels })
    endMs = startMs + measurement.levels.length * frameMs
  }
  return envelopes
}
