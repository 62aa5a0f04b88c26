/** Where a drill stands: a view of the session's own status and of its judgement. Document 004, "Drill Session Entity". */
import type { EvaluationStatus } from './evaluation-status.ts'
import type { SessionStatus } from './session-state.ts'

export type DrillStatus = 'STARTED' | 'SUBMITTED' | 'PROCESSING' | 'COMPLETED' | 'FAILED'

const ofAnswered: Record<EvaluationStatus, DrillStatus> = {
  NONE: 'SUBMITTED',
  PENDING: 'SUBMITTED',
  PROCESSING: 'PROCESSING',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
}

/** A drill that was left, or never answered, is FAILED; one that is judged anew goes through its states again. */
export function toDrillStatus(session: { status: SessionStatus; evaluationStatus: EvaluationStatus }): DrillStatus {
  if (session.status === 'ACTIVE') return 'STARTED'
  return session.status === 'ENDED' ? ofAnswered[session.evaluationStatus] : 'FAILED'
}

/** Least and most time that an answer may take, and how much more than expected. */
const [leastSeconds, mostSeconds, stretch] = [180, 900, 2]

/** How long an answer may be: twice as long as expected, and at least 3 minutes. */
export function toAnswerCapSeconds(expectedDurationSeconds: number): number {
  return Math.min(mostSeconds, Math.max(leastSeconds, stretch * expectedDurationSeconds))
}
