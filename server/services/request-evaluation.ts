import type { Tx } from '../../db/client.ts'
import { findDrillResponse } from '../../db/queries/drill-response.ts'
import { insertJob } from '../../db/queries/job.ts'
import { listRecordings, updateTranscriptionStatus } from '../../db/queries/recording.ts'
import { findSession, lockSession } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { listSegments } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, LimitError, NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { transcribeRecordingJob } from '../jobs/definitions.ts'
import { assertHasPractice } from './assert-has-practice.ts'
import { assertHoldsDrills } from './assert-may-drill.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

/** A session is judged anew at its owner's wish this often; what the server does by itself does not count. */
const maxRequests = 20

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'limits' | 'entitlements'>

/** Queues a new judgement, and the transcription of answers that have no text yet. Throws NotFoundError, ConflictError (running, or one is on its way), EntitlementError, LimitError. */
export async function requestEvaluation(deps: Deps, viewer: Viewer, sessionId: SessionId): Promise<SessionRecord> {
  const entitlement = await deps.entitlements.find(viewer.id)
  assertHasPractice(deps.limits, entitlement, 'Your plan has no feedback. Upgrade to go on.')
  const queued = await deps.db.asViewer(viewer.id, async (tx) => {
    const session = await lockSession(tx, sessionId)
    if (!session) throw new NotFoundError('There is no such session.')
    if (session.mode === 'DRILL') assertHoldsDrills(entitlement)
    assertCanBeJudged(session)
    if (session.mode === 'SPEAKING_TEST') await queueTranscriptions(deps, tx, sessionId)
    if (session.mode === 'DRILL') await queueTranscription(deps, tx, sessionId)
    await queueEvaluation(deps, tx, sessionId, { isRequested: true })
    return findSession(tx, sessionId)
  })
  if (!queued) throw new NotFoundError('There is no such session.')
  deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: viewer.id, sessionId })
  return queued
}

/** Answers that nobody could transcribe before may be by now. */
async function queueTranscriptions(deps: Deps, tx: Tx, sessionId: SessionId): Promise<void> {
  const written = new Set((await listSegments(tx, sessionId)).map(({ taskId }) => taskId))
  for (const { id, taskId, storageKey } of await listRecordings(tx, sessionId))
    if (storageKey !== null && !written.has(taskId)) await insertJob(tx, transcribeRecordingJob(id, deps.clock()))
}

/** The same of the answer to a drill; its judgement waits for it. */
async function queueTranscription(deps: Deps, tx: Tx, sessionId: SessionId): Promise<void> {
  const response = await findDrillResponse(tx, sessionId)
  if (!response?.recordingId || (await listSegments(tx, sessionId)).length > 0) return
  const now = deps.clock()
  await updateTranscriptionStatus(tx, response.recordingId, 'DUE', now)
  await insertJob(tx, transcribeRecordingJob(response.recordingId, now))
}

function assertCanBeJudged(session: SessionRecord): void {
  if (session.status === 'ACTIVE') throw new ConflictError('This session is still running. End it first.')
  if (session.status === 'FAILED')
    throw new ConflictError('This session never began: there is nothing to give feedback on.')
  if (!canBeJudged(session))
    throw new ConflictError('This question was never answered: there is nothing to give feedback on.')
  if (session.evaluationStatus === 'PENDING' || session.evaluationStatus === 'PROCESSING')
    throw new ConflictError('Feedback on this session is being made already. It appears here by itself.')
  if (session.evaluationRequests >= maxRequests) {
    const budget = { limit: maxRequests, used: session.evaluationRequests, resetsAt: null }
    throw new LimitError('Feedback on this session was asked for as often as it can be.', budget)
  }
}
