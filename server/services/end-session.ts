import { z } from 'zod'
import { listOpenCalls } from '../../db/queries/client-secret.ts'
import { insertJob } from '../../db/queries/job.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { lockTranscript, updatePendingSegments } from '../../db/queries/transcript.ts'
import type { Viewer } from '../auth/viewer.ts'
import { NotFoundError } from '../domain/errors.ts'
import type { SessionId } from '../domain/ids.ts'
import { type EndReason, finalizeAfterMs, lateAcceptanceMs } from '../domain/session-state.ts'
import { finalizeTranscriptJob } from '../jobs/definitions.ts'
import { closeSession } from './close-session.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface EndSessionInput {
  reason: EndReason
  /** Segments that the client still holds and will deliver. */
  pendingSegments: number
}

const pendingSchema = z
  .int()
  .min(0)
  .max(5_000)
  .catch(({ value }) => (Number(value) > 0 ? 5_000 : 0))

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'log'>

/**
 * Ends a session and hangs its call up. Safe to send again: the first end stays, what is said of pending segments counts anew.
 * Throws NotFoundError.
 */
export async function endSession(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  input: EndSessionInput,
): Promise<SessionRecord> {
  const pendingSegments = pendingSchema.parse(input.pendingSegments)
  const ended = await deps.db.asViewer(viewer.id, async (tx) => {
    const transcript = await lockTranscript(tx, sessionId)
    const closed = transcript && (await closeSession(deps, tx, sessionId, { reason: input.reason }))
    if (!transcript || !closed) throw new NotFoundError('There is no such session.')
    if (!transcript.finalizedAt && (closed.isClosedNow || transcript.pendingSegments !== pendingSegments)) {
      await updatePendingSegments(tx, sessionId, pendingSegments)
      const endedAtMs = closed.session.endedAt?.getTime() ?? deps.clock().getTime()
      const waitMs = pendingSegments === 0 ? finalizeAfterMs : lateAcceptanceMs
      await insertJob(tx, finalizeTranscriptJob(sessionId, new Date(endedAtMs + waitMs)))
    }
    return { ...closed, openCalls: await listOpenCalls(tx, sessionId) }
  })
  if (ended.isClosedNow)
    deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: viewer.id, sessionId })
  await hangUpCalls(deps, viewer.id, ended.openCalls)
  return ended.session
}
