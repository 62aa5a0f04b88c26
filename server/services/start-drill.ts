import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { findQuestionToDrill, type QuestionToDrill } from '../../db/queries/drill.ts'
import { countActiveSessions, findSession, insertSession } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { lockUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { toAnswerCapSeconds } from '../domain/drill-status.ts'
import { ConflictError, EntitlementError, LimitError, NotFoundError, UnauthenticatedError } from '../domain/errors.ts'
import { type EventId, isUuid, type QuestionId, type SessionId } from '../domain/ids.ts'
import { assertHasTime } from './assert-has-time.ts'
import { assertMayDrill } from './assert-may-drill.ts'
import { findEarlierStart } from './find-earlier-start.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Questions that one account may have open: each is given up a day after it was last looked at. */
const maxActiveDrills = 20
const notEnoughTime = 'There is not enough practice time left today for this question. It starts anew tomorrow.'

const inputSchema = z.object({
  requestId: z.string().toLowerCase().refine(isUuid, 'This is not a UUID.'),
  questionId: z.string(),
})

type Input = z.output<typeof inputSchema>
type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'limits' | 'entitlements'>

/**
 * Starts a drill on a question of the active pack; to try it, of a draft: the viewer's own, or to an administrator anyone's. The
 * same request gives the same drill.
 * Throws InvalidInputError, NotFoundError (question), ConflictError (same request, other input; a pack that is no longer in use),
 * EntitlementError, LimitError (the day's time, or open questions).
 */
export async function startDrill(
  deps: Deps,
  viewer: Viewer,
  input: { requestId: string; questionId: string },
): Promise<SessionRecord> {
  const wanted = parseInput(inputSchema, input)
  await assertMayDrill(deps, viewer)
  const draft = viewer.role === 'ADMIN' ? await findAnyDraft(deps, wanted) : null
  const session = await deps.db.asViewer(viewer.id, (tx) => start(deps, tx, { viewer, wanted, draft }))
  deps.bus.ring({ topic: 'session', key: session.id }, { topic: 'history', key: viewer.id, sessionId: session.id })
  return session
}

/** What policies hide from an administrator who only practises. */
async function findAnyDraft(deps: Deps, { questionId }: Input): Promise<QuestionToDrill | null> {
  if (!isUuid(questionId)) return null
  return deps.db.withSystem('try draft', (tx) => findQuestionToDrill(tx, questionId as QuestionId))
}

interface Start {
  viewer: Viewer
  wanted: Input
  draft: QuestionToDrill | null
}

async function start(deps: Deps, tx: Tx, { viewer, wanted, draft }: Start): Promise<SessionRecord> {
  const user = await lockUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  const earlier = await findEarlierStart(tx, viewer.id, { id: wanted.requestId, input: toRequestInput(wanted) })
  if (earlier) return earlier
  const question =
    draft ?? (isUuid(wanted.questionId) ? await findQuestionToDrill(tx, wanted.questionId as QuestionId) : null)
  assertIsOffered(question, user)
  await assertHasRoom(tx, user)
  const capSeconds = toAnswerCapSeconds(question.expectedDurationSeconds)
  await assertHasTime(deps, tx, user, { seconds: capSeconds, message: notEnoughTime })
  const id = deps.makeId<SessionId>()
  await insert(deps, tx, { id, viewer, wanted, question, capSeconds })
  const session = await findSession(tx, id)
  if (!session) throw new Error('the session was just inserted')
  return session
}

function assertIsOffered(question: QuestionToDrill | null, user: UserRecord): asserts question is QuestionToDrill {
  const isAdmin = user.role === 'ADMIN'
  if (!question || (question.packStatus === 'DRAFT' && !isAdmin && question.uploadedBy !== user.id))
    throw new NotFoundError('There is no such question. Choose another one.')
  if (question.packStatus === 'DRAFT' && !isAdmin && user.entitlement !== 'PRO')
    throw new EntitlementError('Drafts are tried with the PRO plan. Upgrade to go on.', 'PRO')
  if (question.packStatus === 'ARCHIVED')
    throw new ConflictError(
      'This question is of a pack that is no longer in use. Choose one of those that are listed now.',
    )
}

async function assertHasRoom(tx: Tx, user: UserRecord): Promise<void> {
  const used = await countActiveSessions(tx, user.id, 'DRILL')
  if (used < maxActiveDrills) return
  const budget = { limit: maxActiveDrills, used, resetsAt: null }
  throw new LimitError('Too many of your questions are still open. Answer one of them, or leave it, first.', budget)
}

async function insert(
  deps: Deps,
  tx: Tx,
  start: { id: SessionId; viewer: Viewer; wanted: Input; question: QuestionToDrill; capSeconds: number },
): Promise<void> {
  const { id, viewer, wanted, question, capSeconds } = start
  const now = deps.clock()
  await insertSession(tx, {
    id,
    userId: viewer.id,
    requestId: wanted.requestId,
    input: toRequestInput(wanted),
    mode: 'DRILL',
    topicId: null,
    testSetId: null,
    question,
    title: question.prompt,
    level: null,
    talk: 'FREE',
    capSeconds,
    now,
  })
  const detail = {
    mode: 'DRILL',
    pack: question.packName,
    version: question.packVersion,
    question: question.id,
    capSeconds,
  }
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: id,
    userId: viewer.id,
    type: 'start',
    detail,
    at: now,
  })
}

function toRequestInput({ questionId }: Input): Record<string, unknown> {
  return { drill: { questionId } }
}
