import type { Tx } from '../../db/client.ts'
import { type DrillResponseRecord, findDrillResponse } from '../../db/queries/drill-response.ts'
import { insertJob } from '../../db/queries/job.ts'
import { findSession, lockSession, updateSessionEnd } from '../../db/queries/session.ts'
import { listRecordings } from '../../db/queries/recording.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { updateTasksSkipped } from '../../db/queries/speaking-test.ts'
import type { EventId, SessionId } from '../domain/ids.ts'
import { canBeJudged, type EndReason, finalizeAfterMs, hangUpAfterMs, transition } from '../domain/session-state.ts'
import { finalizeTranscriptJob } from '../jobs/definitions.ts'
import { queueEvaluation, settlingMs } from './queue-evaluation.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface Closing {
  reason: EndReason
  failure?: { code: string; message: string; retryable: boolean }
}

/**
 * Ends a session within the caller's transaction and queues the transcript's finalization. Null when there is no such
 * session; one that has ended before stays as it is. Bells are the caller's, after the commit.
 */
export async function closeSession(
  deps: Pick<ServiceDeps, 'clock' | 'makeId'>,
  tx: Tx,
  id: SessionId,
  closing: Closing,
): Promise<{ session: SessionRecord; isClosedNow: boolean } | null> {
  const session = await lockSession(tx, id)
  if (!session) return null
  const response = session.mode === 'DRILL' ? await findDrillResponse(tx, id) : null
  const reason = session.mode === 'DRILL' ? toDrillReason(closing.reason, response) : closing.reason
  const status = transition(session.status, reason)
  if (status === session.status || status === 'ACTIVE') return { session, isClosedNow: false }
  const now = deps.clock()
  const { endedAt, durationSeconds } = await toEnding(tx, session, toLeftAt(session, closing.reason, now), {
    closing,
    response,
  })
  const failure = closing.failure ? { ...closing.failure, at: now.toISOString() } : null
  await updateSessionEnd(tx, id, { status, reason, endedAt, durationSeconds, failure, now })
  const detail = { reason, durationSeconds, ...(failure && { code: failure.code }) }
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: id,
    userId: session.userId,
    type: 'end',
    detail,
    at: now,
  })
  await insertJob(tx, finalizeTranscriptJob(id, new Date(now.getTime() + finalizeAfterMs)))
  // All of a drill's answer is there already.
  if (response) await queueEvaluation(deps, tx, id)
  else if (canBeJudged({ mode: session.mode, status }) && (session.segmentCount > 0 || session.recording))
    await queueEvaluation(deps, tx, id, { delayMs: settlingMs })
  return { session: (await findSession(tx, id)) ?? session, isClosedNow: true }
}

/** Only its answer completes a drill. */
function toDrillReason(reason: EndReason, response: DrillResponseRecord | null): EndReason {
  return reason === 'COMPLETED' && !response ? 'ABANDONED' : reason
}

/**
 * Who left without a word was there until the last sign of life: the wait for another is none of his time. Nor is it where he comes
 * back to say that it is over, once the call was hung up on him.
 */
function toLeftAt({ mode, lastSeenAt }: SessionRecord, reason: EndReason, now: Date): Date {
  const isHungUp = mode === 'CONVERSATION' && now.getTime() - lastSeenAt.getTime() > hangUpAfterMs
  return reason === 'ABANDONED' || isHungUp ? lastSeenAt : now
}

interface Ending {
  endedAt: Date
  durationSeconds: number
}

async function toEnding(
  tx: Tx,
  session: SessionRecord,
  leftAt: Date,
  { closing, response }: { closing: Closing; response: DrillResponseRecord | null },
): Promise<Ending> {
  if (session.mode === 'SPEAKING_TEST') return endTest(tx, session, leftAt)
  return session.mode === 'DRILL' ? endDrill(session, leftAt, response) : endConversation(session, leftAt, closing)
}

/** A drill lasts as long as its answer: as its sound, or as the typing took. The time for thinking is free. */
function endDrill(session: SessionRecord, leftAt: Date, response: DrillResponseRecord | null): Ending {
  if (!response) return { endedAt: leftAt, durationSeconds: 0 }
  const seconds = response.audioDurationSeconds ?? (leftAt.getTime() - session.startedAt.getTime()) / 1_000
  return { endedAt: leftAt, durationSeconds: Math.min(session.capSeconds, Math.max(0, Math.round(seconds))) }
}

function endConversation({ startedAt, capSeconds }: SessionRecord, leftAt: Date, closing: Closing): Ending {
  const endedAt = new Date(Math.min(leftAt.getTime(), startedAt.getTime() + capSeconds * 1000))
  const seconds = Math.max(0, Math.round((endedAt.getTime() - startedAt.getTime()) / 1000))
  // What failed before its first call took none of the learner's time, however long the failing took.
  return { endedAt, durationSeconds: closing.failure ? 0 : seconds }
}

/** A test lasts as long as was spoken in it: days may lie between two tasks. */
async function endTest(tx: Tx, session: SessionRecord, leftAt: Date): Promise<Ending> {
  await updateTasksSkipped(tx, session.id)
  const recordings = await listRecordings(tx, session.id)
  const seconds = Math.round(recordings.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0))
  return { endedAt: leftAt, durationSeconds: Math.min(session.capSeconds, seconds) }
}
