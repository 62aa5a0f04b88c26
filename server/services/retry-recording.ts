import type { Tx } from '../../db/client.ts'
import { insertJob } from '../../db/queries/job.ts'
import { findRecording, type RecordingRecord } from '../../db/queries/recording.ts'
import { updateToMeasureAgain } from '../../db/queries/recording-measurement.ts'
import { incrementRetries } from '../../db/queries/recording-transcription.ts'
import { findSession, lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, LimitError, NotFoundError } from '../domain/errors.ts'
import type { EventId, RecordingId } from '../domain/ids.ts'
import type { SessionMode } from '../domain/session-state.ts'
import { measureRecordingJob } from '../jobs/definitions.ts'
import { assertHasPractice } from './assert-has-practice.ts'
import { mayBeTranscribed, queueTranscription } from './queue-transcription.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What fails this often does not come right by another try. */
const maxRetries = 10

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'limits' | 'transcriber' | 'entitlements'>

/** What is to be done once more. */
interface Retry {
  measure: boolean
  transcribe: boolean
}

/**
 * Has a stored recording measured again where that failed, and written down again where that failed or nobody could. Throws
 * NotFoundError, ConflictError (nothing to try again, or it is under way), LimitError, EntitlementError.
 */
export async function retryRecording(
  deps: Deps,
  viewer: Viewer,
  recordingId: RecordingId,
): Promise<{ recording: RecordingRecord; session: SessionRecord }> {
  assertHasPractice(
    deps.limits,
    await deps.entitlements.find(viewer.id),
    'Your plan does not hold this. Upgrade to go on.',
  )
  const canTranscribe = await deps.transcriber.isAvailable()
  const retried = await deps.db.asViewer(viewer.id, async (tx) => {
    const { recording, session } = await lock(tx, recordingId)
    const retry = toRetry(session.mode, recording, canTranscribe)
    if (recording.retries >= maxRetries) {
      const budget = { limit: maxRetries, used: recording.retries, resetsAt: null }
      throw new LimitError('This was tried as often as it can be. Ask the administrator of this installation.', budget)
    }
    await queue(deps, tx, { recording, session }, retry)
    return {
      recording: (await findRecording(tx, recordingId)) ?? recording,
      session: await findSession(tx, session.id),
    }
  })
  const { recording, session } = retried
  if (!session) throw new NotFoundError('There is no such recording.')
  deps.bus.ring({ topic: 'session', key: session.id }, { topic: 'history', key: viewer.id, sessionId: session.id })
  return { recording, session }
}

/** Holds the session, under whose lock whatever measures and transcribes writes what came of it. */
async function lock(tx: Tx, id: RecordingId): Promise<{ recording: RecordingRecord; session: SessionRecord }> {
  const found = await findRecording(tx, id)
  const session = found && (await lockSession(tx, found.sessionId))
  const recording = session && (await findRecording(tx, id))
  if (!recording) throw new NotFoundError('There is no such recording.')
  return { recording, session }
}

function toRetry(mode: SessionMode, recording: RecordingRecord, canTranscribe: boolean): Retry {
  const { measureFailure, prunedAt, storageKey, transcriptionStatus: status } = recording
  if (storageKey === null) throw new ConflictError('This recording is not stored yet. Complete its upload first.')
  const measure = prunedAt === null && measureFailure?.retryable === true
  const transcribe = mayBeTranscribed(mode, recording)
  if (measure || (transcribe && canTranscribe)) return { measure, transcribe: transcribe && canTranscribe }
  if (transcribe)
    throw new ConflictError(
      'Nothing on this installation can write down speech. Ask its administrator for a speech model.',
    )
  if (status === 'PENDING' || status === 'PROCESSING')
    throw new ConflictError('What you said is being written down already. It appears by itself.')
  throw new ConflictError('There is nothing about this recording that could be tried again.')
}

async function queue(
  deps: Deps,
  tx: Tx,
  { recording: { id, part }, session }: { recording: RecordingRecord; session: SessionRecord },
  { measure, transcribe }: Retry,
): Promise<void> {
  const now = deps.clock()
  if (measure && (await updateToMeasureAgain(tx, id))) await insertJob(tx, measureRecordingJob(id, now))
  if (transcribe) await queueTranscription(deps, tx, id)
  await incrementRetries(tx, id)
  await updateChangeNumber(tx, session.id, now)
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: session.id,
    userId: session.userId,
    type: 'retry',
    detail: { part, measure, transcribe },
    at: now,
  })
}
