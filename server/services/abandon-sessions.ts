import { listOpenCalls } from '../../db/queries/client-secret.ts'
import { findSession, listOverdueSessions } from '../../db/queries/session.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { lockTranscript } from '../../db/queries/transcript.ts'
import { abandonAfterMs, capGraceMs } from '../domain/session-state.ts'
import { closeSession } from './close-session.ts'
import { hangUpCalls } from './hang-up-calls.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100

type Due = Parameters<typeof listOverdueSessions>[1]
type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'log'>

/** Closes sessions that nobody has given a sign of life for, and conversations that are past their time, with all they hold. Gives how many. */
export async function abandonSessions(deps: Deps): Promise<number> {
  const nowMs = deps.clock().getTime()
  const due: Due = {
    lastSeenBefore: {
      CONVERSATION: new Date(nowMs - abandonAfterMs.CONVERSATION),
      SPEAKING_TEST: new Date(nowMs - abandonAfterMs.SPEAKING_TEST),
      DRILL: new Date(nowMs - abandonAfterMs.DRILL),
    },
    timeUpBefore: new Date(nowMs - capGraceMs),
    limit: batchSize,
  }
  const overdue = await deps.db.withSystem('abandon sessions', (tx) => listOverdueSessions(tx, due))
  for (const { id, userId } of overdue) {
    const closed = await deps.db.asViewer(userId, async (tx) => {
      await lockTranscript(tx, id)
      const session = await findSession(tx, id)
      // A sign of life may have come since it was found.
      if (!session || !isOverdue(session, due)) return null
      const closing = await closeSession(deps, tx, id, { reason: 'ABANDONED' })
      return closing?.isClosedNow ? listOpenCalls(tx, id) : null
    })
    if (!closed) continue
    deps.bus.ring({ topic: 'session', key: id }, { topic: 'history', key: userId, sessionId: id })
    await hangUpCalls(deps, userId, closed)
  }
  return overdue.length
}

function isOverdue(session: SessionRecord, due: Due): boolean {
  if (session.lastSeenAt < due.lastSeenBefore[session.mode]) return true
  const capMs = session.capSeconds * 1000
  return session.mode === 'CONVERSATION' && session.startedAt.getTime() + capMs < due.timeUpBefore.getTime()
}
