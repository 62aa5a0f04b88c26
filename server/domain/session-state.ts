/** The one status machine of every session. Only `transition` decides a status. */

export const sessionModes = ['CONVERSATION', 'SPEAKING_TEST', 'DRILL'] as const
export type SessionMode = (typeof sessionModes)[number]
export type SessionStatus = 'ACTIVE' | 'ENDED' | 'FAILED' | 'ABANDONED'
export type EndReason = 'COMPLETED' | 'FAILED' | 'ABANDONED'

const statusAfter: Record<EndReason, SessionStatus> = { COMPLETED: 'ENDED', FAILED: 'FAILED', ABANDONED: 'ABANDONED' }

/** The status after an end for `reason`; an ended session keeps its status whatever comes. */
export function transition(status: SessionStatus, reason: EndReason): SessionStatus {
  return status === 'ACTIVE' ? statusAfter[reason] : status
}

/** What was captured until its end is judged, left or not; a drill only where it was answered, which ends it as ENDED. */
export function canBeJudged({ mode, status }: { mode: SessionMode; status: SessionStatus }): boolean {
  return status === 'ENDED' || (status === 'ABANDONED' && mode !== 'DRILL')
}

/** A conversation without a sign of life for this long has its call hung up. */
export const hangUpAfterMs = 2 * 60_000
/** No call lasts longer: OpenAI ends each after 60 min (its guide to Realtime conversations). */
export const longestCallMs = 60 * 60_000
/** A session without a sign of life for this long is abandoned. A test may be resumed on another day. */
export const abandonAfterMs = {
  CONVERSATION: 10 * 60_000,
  SPEAKING_TEST: 30 * 24 * 3_600_000,
  DRILL: 24 * 3_600_000,
} as const
/** A page that is still there ends its session itself when the time is up; after this much longer the server does. */
export const capGraceMs = 10_000
/** Recordings and segments that a browser still holds are accepted this long after the end. */
export const lateAcceptanceMs = 30 * 24 * 3_600_000
/** A transcript with nothing announced as pending is finalized this long after the end. */
export const finalizeAfterMs = 60_000
/** The answer to a task may be longer than its time by this much. */
export const taskSlackSeconds = 10
/** A recording may be longer than the session's cap by this much: it starts before the call and ends after it. */
export const recordingSlackSeconds = 60
