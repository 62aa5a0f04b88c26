import { z } from 'zod'
import type { Tx } from '../../db/client.ts'
import { findSession, findUsage, insertSession, sessionById } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import { type SessionRecord, type SessionRow, toSessionRecord } from '../../db/queries/session-record.ts'
import { findTopic, type TopicRecord } from '../../db/queries/topic.ts'
import { lockUser, type UserRecord } from '../../db/queries/user.ts'
import type { Viewer } from '../auth/viewer.ts'
import { cefrLevels } from '../domain/cefr-level.ts'
import { LimitError, NotFoundError, ProviderError, UnauthenticatedError } from '../domain/errors.ts'
import { type TalkStyle, talkStyles } from '../domain/talk-style.ts'
import { isUuid, type EventId, type SessionId, type TopicId } from '../domain/ids.ts'
import { assertHasPractice } from './assert-has-practice.ts'
import { findEarlierStart } from './find-earlier-start.ts'
import { closeSession } from './close-session.ts'
import { type ClientSecret, mintForCall } from './mint-for-call.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface StartConversationInput {
  requestId: string
  topicId: string
  level: string | null
  talk: TalkStyle
}

export interface StartedSession {
  session: SessionRecord
  /** Null when the session was started before by the same request. */
  clientSecret: ClientSecret | null
}

const inputSchema = z.object({
  requestId: z.string().toLowerCase().refine(isUuid, 'This is not a UUID.'),
  topicId: z.string(),
  level: z.enum(cefrLevels).nullable(),
  talk: z.enum(talkStyles),
})

type Input = z.output<typeof inputSchema>
type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'limits' | 'log'>

/**
 * Starts a conversation and mints its first secret. The budget is reserved and the session is on record before the
 * provider is asked; where the provider fails, the session is FAILED and says why.
 * Throws InvalidInputError, NotFoundError (topic), ConflictError (same request, other input), EntitlementError, LimitError, ProviderError.
 */
export async function startSession(deps: Deps, viewer: Viewer, input: StartConversationInput): Promise<StartedSession> {
  const wanted = parseInput(inputSchema, input)
  const reserved = await deps.db.asViewer(viewer.id, (tx) => reserve(deps, tx, viewer, wanted))
  if (!reserved.isNew) return { session: toRunning(reserved.session), clientSecret: null }
  const { session } = reserved
  try {
    const clientSecret = await mintForCall(deps, reserved.user, session, 1)
    return { session: await reload(deps, viewer, session.id), clientSecret }
  } catch (error) {
    if (error instanceof ProviderError) await fail(deps, viewer, session.id, error)
    throw error
  } finally {
    deps.bus.ring({ topic: 'session', key: session.id }, { topic: 'history', key: viewer.id, sessionId: session.id })
  }
}

type Reserved = { isNew: false; session: SessionRecord } | { isNew: true; session: SessionRecord; user: UserRecord }

async function reserve(deps: Deps, tx: Tx, viewer: Viewer, wanted: Input): Promise<Reserved> {
  const user = await lockUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  const earlier = await findEarlierStart(tx, viewer.id, { id: wanted.requestId, input: toRequestInput(wanted) })
  if (earlier) return { isNew: false, session: earlier }
  const topic = isUuid(wanted.topicId) ? await findTopic(tx, wanted.topicId as TopicId) : null
  if (!topic || topic.isRetired) throw new NotFoundError('There is no such topic. Choose another one.')
  const capSeconds = await takeBudget(deps, tx, user)
  const id = deps.makeId<SessionId>()
  await insertConversation(deps, tx, { id, viewer, wanted, topic, capSeconds })
  const session = await findSession(tx, id)
  if (!session) throw new Error('the session was just inserted')
  return { isNew: true, session, user }
}

async function insertConversation(
  deps: Deps,
  tx: Tx,
  start: { id: SessionId; viewer: Viewer; wanted: Input; topic: TopicRecord; capSeconds: number },
): Promise<void> {
  const { id, viewer, wanted, topic, capSeconds } = start
  const now = deps.clock()
  const level = wanted.level ?? topic.difficulty
  await insertSession(tx, {
    id,
    userId: viewer.id,
    requestId: wanted.requestId,
    input: toRequestInput(wanted),
    mode: 'CONVERSATION',
    topicId: topic.id,
    testSetId: null,
    question: null,
    title: topic.title,
    level,
    talk: wanted.talk,
    capSeconds,
    now,
  })
  const detail = { mode: 'CONVERSATION', topic: topic.key, level, talk: wanted.talk, capSeconds }
  await insertSessionEvent(tx, {
    id: deps.makeId<EventId>(),
    sessionId: id,
    userId: viewer.id,
    type: 'start',
    detail,
    at: now,
  })
}

/** Seconds for this session, at most what is left of today. */
async function takeBudget(deps: Deps, tx: Tx, user: UserRecord): Promise<number> {
  const { limits } = deps
  const dailyMinutes = limits.dailyMinutes[user.entitlement]
  assertHasPractice(limits, user.entitlement, 'Your plan has no practice time. Upgrade to go on.')
  const usage = await findUsage(tx, { userId: user.id, timeZone: user.timeZone, now: deps.clock() })
  if (usage.activeSessions >= limits.maxActiveConversations) {
    const budget = { limit: limits.maxActiveConversations, used: usage.activeSessions, resetsAt: null }
    throw new LimitError('Too many of your conversations are still running. End one of them first.', budget)
  }
  if (dailyMinutes === null) return limits.maxSessionSeconds
  const leftSeconds = dailyMinutes * 60 - usage.secondsUsed
  if (leftSeconds < 1) {
    const budget = { limit: dailyMinutes * 60, used: usage.secondsUsed, resetsAt: usage.periodEnd }
    throw new LimitError("Today's practice time is used up. It starts anew tomorrow.", budget)
  }
  return Math.min(limits.maxSessionSeconds, leftSeconds)
}

/** GUIDED is what every start was before there was a choice: left out, those are still the same request. */
function toRequestInput({ topicId, level, talk }: Input): Record<string, unknown> {
  return { conversation: { topicId, level, ...(talk !== 'GUIDED' && { talk }) } }
}

/** A session that failed for the provider answers the same request with the same fault. */
function toRunning(session: SessionRecord): SessionRecord {
  if (session.failure?.code === 'PROVIDER_UNAVAILABLE')
    throw new ProviderError(session.failure.message, session.failure.retryable)
  return session
}

async function fail(deps: Deps, viewer: Viewer, sessionId: SessionId, error: ProviderError): Promise<void> {
  const failure = { code: error.code, message: error.message, retryable: error.retryable }
  await deps.db.asViewer(viewer.id, (tx) => closeSession(deps, tx, sessionId, { reason: 'FAILED', failure }))
}

async function reload(deps: Deps, viewer: Viewer, id: SessionId): Promise<SessionRecord> {
  const [row] = await deps.db.readAsViewer<SessionRow>(viewer.id, sessionById(id))
  if (!row) throw new NotFoundError('The session is gone.')
  return toSessionRecord(row)
}
