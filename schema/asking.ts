import { requireViewer, type Viewer } from '../server/auth/viewer.ts'
import { NotFoundError } from '../server/domain/errors.ts'
import type { ContentPackId, RecordingId, SessionId, UserId } from '../server/domain/ids.ts'
import type { Context } from './context.ts'
import { idOf, sessionTypenames } from './global-id.ts'

/** The viewer of a mutation, with this mutation counted. Throws UnauthenticatedError, RateLimitedError. */
export async function askingViewer(context: Context): Promise<Viewer> {
  const viewer = requireViewer(context.viewer)
  await context.throttle.spend(viewer.id)
  return viewer
}

/** Throws NotFoundError for what cannot be a session's id. */
export function sessionIdOf(globalId: string): SessionId {
  const id = idOf<SessionId>(globalId, ...sessionTypenames)
  if (id === null) throw new NotFoundError('There is no such session.')
  return id
}

/** Throws NotFoundError for what cannot be a content pack's id. */
export function contentPackIdOf(globalId: string): ContentPackId {
  const id = idOf<ContentPackId>(globalId, 'ContentPack')
  if (id === null) throw new NotFoundError('There is no such content pack.')
  return id
}

/** Throws NotFoundError for what cannot be a recording's id. */
export function recordingIdOf(globalId: string): RecordingId {
  const id = idOf<RecordingId>(globalId, 'Recording')
  if (id === null) throw new NotFoundError('There is no such recording.')
  return id
}

/** Throws NotFoundError for what cannot be an account's id. */
export function userIdOf(globalId: string): UserId {
  const id = idOf<UserId>(globalId, 'User')
  if (id === null) throw new NotFoundError('There is no such account.')
  return id
}
