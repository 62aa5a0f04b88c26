import { deleteDeadAccessTokens } from '../../db/queries/access-token.ts'
import { deleteExpiredAuthSessions } from '../../db/queries/auth-session.ts'
import { deleteUnusedSecrets } from '../../db/queries/client-secret.ts'
import { deleteExpiredPasswordResets } from '../../db/queries/password-reset.ts'
import { deleteOldStripeEvents } from '../../db/queries/stripe-event.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Kept this long after they ran out, for whoever looks into what happened. */
const dayMs = 24 * 3_600_000
/** Longer: their owner looks at the list once in a while to see what ran out. */
const tokensKeptMs = 30 * dayMs
/** Stripe gives up on a delivery after 3 days; one that comes again later changes nothing either way. Source: Stripe's documentation, webhooks. */
const stripeEventsKeptMs = 30 * dayMs

/** Forgets sign-ins, client secrets, access tokens, links to a new password and deliveries that are good for nothing any more. Gives how many. */
export async function sweepSecrets(deps: Pick<ServiceDeps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock().getTime()
  const expiredBefore = new Date(now - dayMs)
  return deps.db.withSystem('sweep secrets', async (tx) => {
    const signIns = await deleteExpiredAuthSessions(tx, expiredBefore)
    const tokens = await deleteDeadAccessTokens(tx, new Date(now - tokensKeptMs))
    const resets = await deleteExpiredPasswordResets(tx, expiredBefore)
    const events = await deleteOldStripeEvents(tx, new Date(now - stripeEventsKeptMs))
    return signIns + tokens + resets + events + (await deleteUnusedSecrets(tx, expiredBefore))
  })
}
