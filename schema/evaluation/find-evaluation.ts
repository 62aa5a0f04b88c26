import { requireViewer } from '../../server/auth/viewer.ts'
import type { EvaluationId } from '../../server/domain/ids.ts'
import { batched } from '../batch.ts'

/** Null for what does not exist and for what is not the viewer's. */
export const findEvaluation = batched((ids: readonly EvaluationId[], { services, viewer }) =>
  services.findEvaluations(requireViewer(viewer), ids),
)
