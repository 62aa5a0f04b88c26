import type { Tx } from '../../db/client.ts'
import {
  beginMeasuring,
  type MeasuredFacts,
  type RecordingToMeasure,
  updateMeasured,
  updateMeasureFailure,
} from '../../db/queries/recording-measurement.ts'
import { lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import { measurementMimeType, toMeasurementFile } from '../audio/measurement-file.ts'
import { UndecodableRecordingError } from '../audio/recording-decoder.ts'
import type { EventId, RecordingId } from '../domain/ids.ts'
import { toLoudness, toQuality } from '../domain/recording-quality.ts'
import { BlobStoreUnavailableError } from '../storage/blob-store.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'
import { toUndecodableFailure } from './undecodable.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'decoder' | 'log'>

/** What may come right by itself is tried this often: about four minutes, by the queue's growing pauses. */
const mostAttempts = 6

/** Given up because the store could not be reached: tried again once it is back, by `measureForgottenRecordings`. */
export const storageUnavailable = 'STORAGE_UNAVAILABLE'

/** What came of it, and what the session's log says of it. */
type Outcome = { detail: Record<string, unknown> } & (
  | { facts: MeasuredFacts }
  | { failure: { code: string; message: string; retryable: boolean } }
)

/**
 * Measures a stored recording: how long and how loud it is, whether it can be listened to, and the levels and peaks that are
 * kept beside it. Then the session is judged, if it has ended.
 *
 * May be run any number of times and be killed at any point: what is written last decides, once. A recording that cannot be
 * measured says why, and has the quality MISSING until that changes. Throws what may come right by itself, to be called again.
 */
export async function measureRecording(deps: Deps, recordingId: RecordingId): Promise<void> {
  const recording = await deps.db.withSystem('measure recording', (tx) => beginMeasuring(tx, recordingId))
  if (!recording) return
  const outcome = await tryToMeasure(deps, recording)
  const isSettled = await deps.db.withSystem('measure recording', (tx) => settle(deps, tx, recording, outcome))
  if (!isSettled) return
  const { sessionId, userId } = recording
  deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: userId, sessionId })
}

async function tryToMeasure(deps: Deps, recording: RecordingToMeasure): Promise<Outcome> {
  // The last try did not live to say what became of it.
  if (recording.attempts > mostAttempts) return toFailure(unmeasurable)
  try {
    return await measure(deps, recording)
  } catch (error) {
    if (error instanceof UndecodableRecordingError)
      return toFailure(toUndecodableFailure(error, 'your pauses could not be measured'))
    if (recording.attempts < mostAttempts) throw error
    deps.log.warn({ recordingId: recording.id, err: error }, 'a recording could not be measured')
    return toFailure(error instanceof BlobStoreUnavailableError ? storeAway : unmeasurable)
  }
}

async function measure(deps: Deps, recording: RecordingToMeasure): Promise<Outcome> {
  const file = recording.prunedAt ? null : await deps.blobs.read(recording.storageKey)
  if (!file) return toFailure(gone)
  const { levels, peaks, seconds, sampleRate, channels } = await deps.decoder.measure(file)
  const measurementKey = `measurements/${recording.sessionId}/${recording.id}-${recording.sha256.slice(0, 16)}`
  await deps.blobs.put(measurementKey, toMeasurementFile({ levels, peaks }), measurementMimeType)
  const loudness = toLoudness(levels, peaks)
  const quality = toQuality(loudness)
  return {
    facts: { quality, seconds, sampleRate, channels, measurementKey },
    detail: { quality, seconds, ...loudness },
  }
}

/** False where another has settled it, or it is deleted. */
async function settle(deps: Deps, tx: Tx, recording: RecordingToMeasure, outcome: Outcome): Promise<boolean> {
  const { id, sessionId, userId, part } = recording
  const session = await lockSession(tx, sessionId)
  if (!session) return false
  const now = deps.clock()
  const isSettled = await ('facts' in outcome
    ? updateMeasured(tx, id, outcome.facts, now)
    : updateMeasureFailure(tx, id, { ...outcome.failure, at: now.toISOString() }))
  if (!isSettled) return false
  await updateChangeNumber(tx, sessionId, now)
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId,
    userId,
    type: 'measure',
    detail: { part, ...outcome.detail },
    at: now,
  })
  if (canBeJudged(session)) await queueEvaluation(deps, tx, sessionId)
  return true
}

const gone = { code: 'RECORDING_GONE', message: 'The audio is not stored any more.', retryable: false }
const storeAway = {
  code: storageUnavailable,
  message: 'The store of recordings could not be reached. It is tried again once it is back.',
  retryable: true,
}
const unmeasurable = {
  code: 'MEASURING_FAILED',
  message:
    'Something went wrong while your pauses in this recording were measured, several times. The recording is kept as it is.',
  retryable: true,
}

function toFailure(failure: { code: string; message: string; retryable: boolean }): Outcome {
  return { failure, detail: { code: failure.code } }
}
