import type { Tx } from '../../db/client.ts'
import { updateEvaluationDue } from '../../db/queries/evaluation.ts'
import { insertJob } from '../../db/queries/job.ts'
import type { SessionId } from '../domain/ids.ts'
import { evaluateSessionJob } from '../jobs/definitions.ts'
import type { ServiceDeps } from './service-deps.ts'

/** The recording of a session, and the last of its words, are announced right after its end: only then is it known what to wait for. */
export const settlingMs = 3_000

/** Queues a judgement of a session that has ended, in the caller's transaction. One that waits is replaced by it. */
export async function queueEvaluation(
  deps: Pick<ServiceDeps, 'clock'>,
  tx: Tx,
  sessionId: SessionId,
  options: { delayMs?: number; isRequested?: boolean } = {},
): Promise<void> {
  const now = deps.clock()
  await updateEvaluationDue(tx, sessionId, { isRequested: options.isRequested ?? false, now })
  await insertJob(tx, evaluateSessionJob(sessionId, new Date(now.getTime() + (options.delayMs ?? 0))))
}
