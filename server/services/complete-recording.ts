import {
  findRecording,
  lockRecordingPart,
  type RecordingRecord,
  updateVerifiedRecording,
} from '../../db/queries/recording.ts'
import { insertJob } from '../../db/queries/job.ts'
import { findSession, lockSession, updateLastSeen, updateSessionRecording } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { updateTaskDone } from '../../db/queries/speaking-test.ts'
import type { Tx } from '../../db/client.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, NotFoundError, UploadMismatchError } from '../domain/errors.ts'
import type { EventId, RecordingId } from '../domain/ids.ts'
import { measureRecordingJob } from '../jobs/definitions.ts'
import { type BlobHead, BlobNotFoundError } from '../storage/blob-store.ts'
import { asStorageError } from './as-storage-error.ts'
import { queueTranscription } from './queue-transcription.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'blobs' | 'log'>

/**
 * Holds what was uploaded against what was announced, its SHA-256 included, moves it where no signed address reaches,
 * and only then calls it stored. Safe to send again.
 * Throws NotFoundError, UploadMismatchError, ConflictError (announced anew meanwhile), StorageError.
 */
export async function completeRecording(
  deps: Deps,
  viewer: Pick<Viewer, 'id'>,
  recordingId: RecordingId,
): Promise<{ recording: RecordingRecord; session: SessionRecord }> {
  const announced = await deps.db.asViewer(viewer.id, (tx) => findRecording(tx, recordingId))
  if (!announced) throw new NotFoundError('There is no such recording.')
  if (!announced.uploadedAt) {
    const storageKey = `recordings/${announced.sessionId}/${announced.id}-${announced.sha256.slice(0, 16)}`
    try {
      await asStorageError(() => verifyAndCopy(deps, announced, storageKey))
    } catch (error) {
      // The same request, sent twice at once: the other one has verified it, and removed what this one looked for.
      const done = await reload(deps, viewer, recordingId)
      if (done.recording.uploadedAt && done.recording.sha256 === announced.sha256) return done
      throw error
    }
    await deps.db.asViewer(viewer.id, (tx) => store(deps, tx, viewer, announced, storageKey))
    deps.bus.ring(
      { topic: 'session', key: announced.sessionId },
      { topic: 'history', key: viewer.id, sessionId: announced.sessionId },
    )
    await deps.blobs
      .delete(announced.incomingKey)
      .catch(() => deps.log.warn({ recordingId }, 'an incoming blob could not be removed'))
  }
  return reload(deps, viewer, recordingId)
}

async function verifyAndCopy(deps: Pick<Deps, 'blobs'>, announced: RecordingRecord, storageKey: string): Promise<void> {
  assertMatches(announced, await deps.blobs.head(announced.incomingKey))
  try {
    await deps.blobs.copy(announced.incomingKey, storageKey)
  } catch (error) {
    if (!(error instanceof BlobNotFoundError)) throw error
    assertMatches(announced, null)
  }
  // The signed address may have been used again between the check and the copy.
  assertMatches(announced, await deps.blobs.head(storageKey))
}

async function store(
  deps: Deps,
  tx: Tx,
  viewer: Pick<Viewer, 'id'>,
  announced: RecordingRecord,
  storageKey: string,
): Promise<void> {
  const session = await lockSession(tx, announced.sessionId)
  const current = session && (await lockRecordingPart(tx, announced.sessionId, announced.part))
  if (!current) throw new NotFoundError('There is no such recording.')
  if (current.uploadedAt && current.sha256 === announced.sha256) return
  const now = deps.clock()
  const isPrimary = session.recording === null
  const verified = await updateVerifiedRecording(tx, {
    id: announced.id,
    sha256: announced.sha256,
    storageKey,
    isPrimary,
    now,
  })
  if (!verified) throw new ConflictError('This recording was announced anew. Upload it again, then complete it.')
  await updateSessionRecording(tx, announced.sessionId, { id: announced.id, isPrimary, now })
  const detail = { part: announced.part, sizeBytes: announced.sizeBytes, durationSeconds: announced.durationSeconds }
  const owner = { sessionId: announced.sessionId, userId: viewer.id }
  await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'record_stop', detail, at: now })
  if (current.taskId !== null) {
    await updateTaskDone(tx, current.taskId)
    await updateLastSeen(tx, announced.sessionId, now)
  }
  await insertJob(tx, measureRecordingJob(announced.id, now))
  // In a conversation its partner has heard it; of a drill's tries the one that is submitted is written down.
  if (session.mode === 'SPEAKING_TEST') await queueTranscription(deps, tx, announced.id)
}

async function reload(
  deps: Deps,
  viewer: Pick<Viewer, 'id'>,
  recordingId: RecordingId,
): Promise<{ recording: RecordingRecord; session: SessionRecord }> {
  return deps.db.asViewer(viewer.id, async (tx) => {
    const recording = await findRecording(tx, recordingId)
    const session = recording && (await findSession(tx, recording.sessionId))
    if (!session) throw new NotFoundError('There is no such recording.')
    return { recording, session }
  })
}

function assertMatches(announced: RecordingRecord, found: BlobHead | null): void {
  if (!found) {
    throw new UploadMismatchError('Nothing has been uploaded yet. Upload the recording, then complete it.', {
      expected: `${announced.sizeBytes} bytes`,
      actual: 'nothing',
    })
  }
  const pairs: [string, string][] = [
    [`${announced.sizeBytes} bytes`, `${found.sizeBytes} bytes`],
    [`sha256 ${announced.sha256}`, `sha256 ${found.sha256Hex}`],
    [announced.mimeType, found.mimeType],
  ]
  for (const [expected, actual] of pairs) {
    if (expected !== actual)
      throw new UploadMismatchError('What was uploaded is not what was announced. Upload it again.', {
        expected,
        actual,
      })
  }
}
