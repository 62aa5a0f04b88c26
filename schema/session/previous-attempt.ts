import { requireViewer } from '../../server/auth/viewer.ts'
import type { SessionId } from '../../server/domain/ids.ts'
import { batched } from '../batch.ts'

/** Null where there is none. */
export const findPreviousAttempt = batched((ids: readonly SessionId[], { services, viewer }) =>
  services.findPreviousAttempts(requireViewer(viewer), ids),
)
