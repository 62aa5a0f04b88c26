import { upsertPublication } from '../../db/queries/publication.ts'
import { findSession, lockSession, updateChangeNumber } from '../../db/queries/session.ts'
import { insertSessionEvent } from '../../db/queries/session-event.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { findUser } from '../../db/queries/user.ts'
import type { Tx } from '../../db/client.ts'
import type { Viewer } from '../auth/viewer.ts'
import {
  ConfirmationError,
  ConflictError,
  InvalidInputError,
  NotFoundError,
  UnauthenticatedError,
} from '../domain/errors.ts'
import type { EventId, SessionId } from '../domain/ids.ts'
import { makeSlug } from '../domain/slug.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface Publishing {
  includeAudio: boolean
  /** The phrase that says yes; null asks for it. */
  confirm: string | null
}

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'clock' | 'makeId'>

/**
 * Publishes a session that has ended, under an address that cannot be guessed. Without the phrase it tells what would become
 * public. One that is published keeps its address and takes on what is chosen now. The same choice again changes nothing.
 * Throws NotFoundError, ConflictError (running, or nothing to publish), ConfirmationError, InvalidInputError (another phrase).
 */
export async function publishSession(
  deps: Deps,
  viewer: Viewer,
  sessionId: SessionId,
  publishing: Publishing,
): Promise<{ session: SessionRecord; slug: string }> {
  const published = await deps.db.asViewer(viewer.id, (tx) => publish(deps, tx, viewer, sessionId, publishing))
  deps.bus.ring({ topic: 'session', key: sessionId }, { topic: 'history', key: viewer.id, sessionId })
  return published
}

async function publish(
  deps: Deps,
  tx: Tx,
  viewer: Viewer,
  sessionId: SessionId,
  { includeAudio, confirm }: Publishing,
): Promise<{ session: SessionRecord; slug: string }> {
  const found = await lockSession(tx, sessionId)
  if (!found) throw new NotFoundError('There is no such session.')
  assertPublishable(found, includeAudio)
  const user = await findUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  assertConfirmed(confirm, { includeAudio, authorName: user.name })
  const now = deps.clock()
  const isChanged = await upsertPublication(tx, {
    sessionId,
    userId: viewer.id,
    slug: makeSlug(),
    includeAudio,
    authorName: user.name,
    publishedAt: now,
  })
  if (isChanged) {
    await updateChangeNumber(tx, sessionId, now)
    const owner = { sessionId, userId: viewer.id }
    const detail = { includeAudio }
    await insertSessionEvent(tx, { id: deps.makeId<EventId>(), ...owner, type: 'publish', detail, at: now })
  }
  const session = await findSession(tx, sessionId)
  if (!session?.publication) throw new Error('the session was just published')
  return { session, slug: session.publication.slug }
}

function assertPublishable(session: SessionRecord, includeAudio: boolean): void {
  if (session.status === 'ACTIVE') throw new ConflictError('This session is still running. End it first.')
  if (session.segmentCount === 0) throw new ConflictError('There are no words in this session to publish.')
  const { recording } = session
  const hasAudio = recording !== null && recording.prunedAt === null && recording.missingAt === null
  if (includeAudio && !hasAudio)
    throw new ConflictError('This session has no recording to publish. Publish the transcript alone.')
}

function assertConfirmed(
  confirm: string | null,
  { includeAudio, authorName }: { includeAudio: boolean; authorName: string | null },
): void {
  const phrase = includeAudio ? 'publish transcript and recording' : 'publish transcript'
  if (confirm?.trim().toLowerCase() === phrase) return
  if (confirm !== null) throw new InvalidInputError([{ path: ['confirm'], message: `Write exactly: ${phrase}` }])
  const words = 'will be able to read all that you and the partner said'
  const sound = includeAudio ? ', and to hear the recording with your voice and the partner’s' : ''
  const name = authorName === null ? ' Your name is not shown.' : ` It is shown under your name, ${authorName}.`
  throw new ConfirmationError(
    `Everyone who has the link ${words}${sound}.${name} You can take it back at any time, but not what others have copied by then.`,
    phrase,
  )
}
