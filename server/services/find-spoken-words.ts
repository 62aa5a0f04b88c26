import type { RecordingRecord } from '../../db/queries/recording.ts'
import { decodedSampleRate, UndecodableRecordingError } from '../audio/recording-decoder.ts'
import type { TimedWord } from '../domain/learner-text.ts'
import { asStorageError } from './as-storage-error.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'blobs' | 'decoder' | 'aligner' | 'log'>

/** A stretch of the learner's voice, and when in the session it begins. */
interface Stretch {
  startMs: number
  samples: Int16Array
}

const samplesPerMs = decodedSampleRate / 1_000

/**
 * The words of a text with the times at which the learner said them in these recordings (by part), in milliseconds from
 * the start of the session. Null where nobody can align here, or a recording cannot be decoded or does not hold the text.
 * Throws StorageError.
 */
export async function findSpokenWords(
  deps: Deps,
  recordings: readonly RecordingRecord[],
  text: string,
): Promise<TimedWord[] | null> {
  if (!deps.aligner || recordings.length === 0) return null
  const stretches: Stretch[] = []
  for (const recording of recordings) {
    const samples = await readLearner(deps, recording)
    if (!samples) return null
    stretches.push({ startMs: recording.startMs, samples })
  }
  const words = await deps.aligner.align(join(stretches), text)
  return (
    words?.map(({ word, startMs, endMs }) => ({
      word,
      startMs: toSessionMs(stretches, startMs),
      endMs: toSessionMs(stretches, endMs),
    })) ?? null
  )
}

/** The learner's side of a recording; null when it is gone, or cannot be decoded. */
async function readLearner(deps: Deps, recording: RecordingRecord): Promise<Int16Array | null> {
  const { storageKey } = recording
  const file = storageKey === null ? null : await asStorageError(() => deps.blobs.read(storageKey))
  if (!file) return null
  try {
    return (await deps.decoder.decode(file)).left
  } catch (error) {
    if (!(error instanceof UndecodableRecordingError)) throw error
    deps.log.warn({ recordingId: recording.id, reason: error.reason }, 'a recording cannot be decoded')
    return null
  }
}

function join(stretches: readonly Stretch[]): Int16Array {
  const joined = new Int16Array(stretches.reduce((length, { samples }) => length + samples.length, 0))
  let at = 0
  for (const { samples } of stretches) {
    joined.set(samples, at)
    at += samples.length
  }
  return joined
}

function toSessionMs(stretches: readonly Stretch[], joinedMs: number): number {
  let leftMs = joinedMs
  for (const { startMs, samples } of stretches) {
    const lengthMs = samples.length / samplesPerMs
    if (leftMs <= lengthMs) return Math.round(startMs + leftMs)
    leftMs -= lengthMs
  }
  const last = stretches.at(-1)
  return last ? Math.round(last.startMs + last.samples.length / samplesPerMs) : 0
}
