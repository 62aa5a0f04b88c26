import { listOverdueTranscripts } from '../../db/queries/transcript.ts'
import { finalizeAfterMs, lateAcceptanceMs } from '../domain/session-state.ts'
import { finalizeTranscript } from './finalize-transcript.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100
/** The job that was queued for it gets this long, and its retries too. */
const slackMs = 15 * 60_000

/** Closes transcripts whose own job was lost, or failed for good. Gives how many. */
export async function finalizeOverdueTranscripts(
  deps: Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>,
): Promise<number> {
  const nowMs = deps.clock().getTime() - slackMs
  const due = {
    endedBefore: new Date(nowMs - finalizeAfterMs),
    pendingEndedBefore: new Date(nowMs - lateAcceptanceMs),
    limit: batchSize,
  }
  const overdue = await deps.db.withSystem('finalize overdue transcripts', (tx) => listOverdueTranscripts(tx, due))
  for (const sessionId of overdue) await finalizeTranscript(deps, sessionId)
  return overdue.length
}
