/** What belongs to sessions, for all that a request asks it of together: a page of fifty costs as many statements as one session. */
import { requireViewer } from '../../server/auth/viewer.ts'
import type { EvaluationId, SessionId } from '../../server/domain/ids.ts'
import { createBatch } from '../batch.ts'

/** By a session's id: the newest one of the same topic before it. */
export const findPreviousAttempt = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.findPreviousAttempts(requireViewer(viewer), ids),
)
/** By its own id. */
export const findEvaluation = createBatch(({ services, viewer }, ids: EvaluationId[]) =>
  services.findEvaluations(requireViewer(viewer), ids),
)
/** By a session's id: null where there are none, as for those below. */
export const listRecordings = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.listRecordings(requireViewer(viewer), ids),
)
export const listTestTasks = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.listTestTasks(requireViewer(viewer), ids),
)
export const listTaskSegments = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.listTaskSegments(requireViewer(viewer), ids),
)
export const listTaskMetrics = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.listTaskMetrics(requireViewer(viewer), ids),
)
