import type { Tx } from '../../db/client.ts'
import { listRecordings } from '../../db/queries/recording.ts'
import { findSession, lockSession } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, LimitError, NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { canBeJudged } from '../domain/session-state.ts'
import { assertHasPractice } from './assert-has-practice.ts'
import { assertHoldsDrills } from './assert-may-drill.ts'
import { queueEvaluation } from './queue-evaluation.ts'
import { mayBeTranscribed, queueTranscription } from './queue-transcription.ts'
import type { ServiceDeps } from './service-deps.ts'

/** A session is judged anew at its owner's wish this often; what the server does by itself does not count. */
const maxRequests = 20

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'limits' | 'transcriber' | 'entitlements'>

/** Queues a new judgement, and the transcription of answers that have no text yet. Throws NotFoundError, ConflictError (running, or one is on its way), EntitlementError, LimitError. */
export async function requestEvaluation(deps: Deps, viewer: Viewer, sessionId: SessionId): Promise<SessionRecord> {
  const entitlement = await deps.entitlements.find(viewer.id)
  assertHasPractice(deps.limits, entitlement, 'Your plan has no feedback. Upgrade to go on.')
  const canTranscribe = await deps.transcriber.isAvailable()
  const queued = await deps.db.asViewer(viewer.id, async (tx) => {
    const session = await lockSession(tx, sessionId)
    if (!session) throw new NotFoundError('There is no such session.')
    if (session.mode === 'DRILL') assertHoldsDrills(entitlement)
    assertCanBeJudged(session)
    if (canTranscribe) await queueTranscriptions(deps, tx, session)
    await queueEvaluation(deps, tx, sessionId, { isRequested: true })
    return findSession(tx, sessionId)
  })
  if (!queued) throw new NotFoundError('There is no such session.')
  deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: viewer.id, sessionId })
  return queued
}

/** Answers that nobody could transcribe before may be by now. */
async function queueTranscriptions(deps: Deps, tx: Tx, { id, mode }: SessionRecord): Promise<void> {
  for (const recording of await listRecordings(tx, id))
    if (mayBeTranscribed(mode, recording)) await queueTranscription(deps, tx, recording.id)
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
