import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { countActiveSessions, findSession, insertSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { findNextTestSet, insertTestTasks, type TestSetRecord } from '../../db/queries/speaking-test.ts'
import { lockUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { LimitError, NotFoundError, UnauthenticatedError } from '../domain/errors.ts'
import { type EventId, isUuid, type SessionId, type TestTaskId } from '../domain/ids.ts'
import { testLevels } from '../domain/speaking-test/test-set.ts'
import { assertHasPractice } from './assert-has-practice.ts'
import { assertHasTime } from './assert-has-time.ts'
import { findEarlierStart } from './find-earlier-start.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Tests that one account may have under way: each can be resumed for weeks. */
const maxActiveTests = 3
const notEnoughTime = 'There is not enough practice time left today for a whole test. It starts anew tomorrow.'

const inputSchema = z.object({
  requestId: z.string().toLowerCase().refine(isUuid, 'This is not a UUID.'),
  level: z.enum(testLevels, 'There are speaking tests for A2, B1, B2 and C1.'),
})

type Input = z.output<typeof inputSchema>
type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'limits'>

/**
 * Starts a speaking test of a set of tasks that the viewer had longest ago, or never. The same request gives the same test.
 * Throws InvalidInputError, NotFoundError (no set is offered), ConflictError (same request, other input), EntitlementError,
 * LimitError (the day's time, or tests under way).
 */
export async function startSpeakingTest(
  deps: Deps,
  viewer: Viewer,
  input: { requestId: string; level: string },
): Promise<SessionRecord> {
  const wanted = parseInput(inputSchema, input)
  const session = await deps.db.asViewer(viewer.id, (tx) => start(deps, tx, viewer, wanted))
  deps.bus.ring({ topic: 'session', key: session.id }, { topic: 'history', key: viewer.id, sessionId: session.id })
  return session
}

async function start(deps: Deps, tx: Tx, viewer: Viewer, wanted: Input): Promise<SessionRecord> {
  const user = await lockUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  const earlier = await findEarlierStart(tx, viewer.id, { id: wanted.requestId, input: toRequestInput(wanted) })
  if (earlier) return earlier
  await assertMayStart(deps, tx, user)
  const set = await findNextTestSet(tx, viewer.id, wanted.level)
  if (!set) throw new NotFoundError('There is no speaking test for this level here. Choose another level.')
  const capSeconds = set.tasks.reduce((sum, task) => sum + task.speakSeconds, 0)
  await assertHasTime(deps, tx, user, { seconds: capSeconds, message: notEnoughTime })
  const id = deps.makeId<SessionId>()
  await insert(deps, tx, { id, viewer, wanted, set, capSeconds })
  const session = await findSession(tx, id)
  if (!session) throw new Error('the session was just inserted')
  return session
}

async function assertMayStart(deps: Deps, tx: Tx, user: UserRecord): Promise<void> {
  assertHasPractice(deps.limits, user.entitlement, 'Your plan has no practice time. Upgrade to go on.')
  const used = await countActiveSessions(tx, user.id, 'SPEAKING_TEST')
  if (used < maxActiveTests) return
  const budget = { limit: maxActiveTests, used, resetsAt: null }
  throw new LimitError('Too many of your tests are still under way. Resume or finish one of them first.', budget)
}

async function insert(
  deps: Deps,
  tx: Tx,
  start: { id: SessionId; viewer: Viewer; wanted: Input; set: TestSetRecord; capSeconds: number },
): Promise<void> {
  const { id, viewer, wanted, set, capSeconds } = start
  const now = deps.clock()
  await insertSession(tx, {
    id,
    userId: viewer.id,
    requestId: wanted.requestId,
    input: toRequestInput(wanted),
    mode: 'SPEAKING_TEST',
    topicId: null,
    testSetId: set.id,
    question: null,
    title: set.title,
    level: wanted.level,
    talk: 'FREE',
    capSeconds,
    now,
  })
  const owner = { sessionId: id, userId: viewer.id }
  await insertTestTasks(
    tx,
    owner,
    set.tasks.map((task) => ({ id: deps.makeId<TestTaskId>(), task })),
  )
  const detail = { mode: 'SPEAKING_TEST', set: set.key, version: set.version, level: wanted.level, capSeconds }
  await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'start', detail, at: now })
}

function toRequestInput({ level }: Input): Record<string, unknown> {
  return { speakingTest: { level } }
}
