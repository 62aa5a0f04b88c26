import { type DeletionRecord, insertAccountDeletion, insertDeletionsOfUser } from '../../db/queries/deletion.ts'
import { insertJob } from '../../db/queries/job.ts'
import {
  deleteUser,
  findCustomerId,
  findPasswordHash,
  hasOtherAdministrator,
  lockAdministrators,
  lockUser,
} from '../../db/queries/user.ts'
import { lockTranscriptsOfUser } from '../../db/queries/transcript.ts'
import type { Tx } from '../../db/client.ts'
import type { Viewer } from '../auth/viewer.ts'
import { ConflictError, InvalidInputError, UnauthenticatedError } from '../domain/errors.ts'
import type { DeletionId, SessionId } from '../domain/ids.ts'
import { finishDeletionJob } from '../jobs/definitions.ts'
import { cancelJobs } from './cancel-jobs.ts'
import { lastPassAfterMs } from './finish-deletion.ts'
import { hangUpDeletion } from './hang-up-deletion.ts'
import type { ServiceDeps } from './service-deps.ts'

type Deps = Pick<
  ServiceDeps,
  'db' | 'bus' | 'clock' | 'makeId' | 'provider' | 'passwords' | 'signIns' | 'throttles' | 'log'
>

/**
 * Deletes the viewer's account with all that is theirs, at once and on every device; what the store and the payment service hold
 * follows in a job. The password is asked for again. Gives the Set-Cookie value that clears the sign-in.
 * Throws InvalidInputError (wrong password), ConflictError (the last administrator), RateLimitedError.
 */
export async function deleteAccount(
  deps: Deps,
  viewer: Viewer,
  { password, cookieHeader }: { password: string; cookieHeader: string | undefined },
): Promise<{ setCookie: string }> {
  await deps.throttles.account.spend(viewer.id)
  const current = await deps.db.withSystem('delete account', (tx) => findPasswordHash(tx, viewer.id))
  if (!(await deps.passwords.verify(current, password)))
    throw new InvalidInputError([{ path: ['password'], message: 'This is not your password.' }])
  const { email, sessions } = await deps.db.withSystem('delete account', (tx) => remove(deps, tx, viewer))
  deps.bus.ring(
    { topic: 'access', key: viewer.id },
    { topic: 'entitlement', key: viewer.id },
    ...idsOf(sessions).flatMap((sessionId) => [
      { topic: 'transcript' as const, key: sessionId },
      { topic: 'session' as const, key: sessionId },
    ]),
  )
  await Promise.all(sessions.map((session) => hangUpDeletion(deps, session)))
  for (const key of [viewer.id, email]) await deps.throttles.account.forgive(key)
  return { setCookie: await deps.signIns.end(cookieHeader) }
}

interface Removed {
  email: string
  sessions: DeletionRecord[]
}

async function remove(deps: Deps, tx: Tx, viewer: Viewer): Promise<Removed> {
  await lockAdministrators(tx)
  const user = await lockUser(tx, viewer.id)
  if (!user) throw new UnauthenticatedError()
  if (user.role === 'ADMIN' && !(await hasOtherAdministrator(tx, viewer.id))) {
    throw new ConflictError(
      'You are the only administrator of this installation. Make somebody else one first (on the server: npm run make-admin -- EMAIL): without one nobody could run it.',
    )
  }
  const now = deps.clock()
  await lockTranscriptsOfUser(tx, viewer.id)
  const sessions = await insertDeletionsOfUser(tx, viewer.id, { by: viewer.id, now })
  const id = deps.makeId<DeletionId>()
  const customerId = await findCustomerId(tx, viewer.id)
  await cancelJobs(tx, idsOf(sessions))
  const rowCount = sessions.reduce((sum, deletion) => sum + deletion.rowCount, 1)
  await insertAccountDeletion(tx, { id, userId: viewer.id, customerId, rowCount, now })
  await deleteUser(tx, viewer.id)
  await insertJob(tx, finishDeletionJob(id, now, 'first'))
  await insertJob(tx, finishDeletionJob(id, new Date(now.getTime() + lastPassAfterMs), 'last'))
  return { email: user.email, sessions }
}

function idsOf(sessions: readonly DeletionRecord[]): SessionId[] {
  return sessions.flatMap(({ sessionId }) => (sessionId === null ? [] : [sessionId]))
}
