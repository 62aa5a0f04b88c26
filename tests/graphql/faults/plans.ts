/** Faults of payments, and of what administrators do to accounts. */
import { lookUp } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import { aboutNothing, type FaultCase, type World } from './fault-case.ts'
import { viewerIdOf } from '../a-payer.ts'

/** Administrators alone may use these. */
export const forAdministrators = ['setEntitlement', 'resetUserPassword']

export const plans: FaultCase[] = [
  ...forAdministrators.flatMap((mutation): FaultCase[] => [
    {
      mutation,
      fault: 'ForbiddenFault',
      when: 'a learner sends it',
      says: { message: 'Only administrators may do this.' },
      cause: async (world) => mutate(await world.learner(), mutation, aboutNothing(mutation)),
    },
    {
      mutation,
      fault: 'NotFoundFault',
      when: 'there is no such account',
      cause: async (world) => mutate(await world.administrator(), mutation, aboutNothing(mutation)),
    },
  ]),
  ...['createCheckout', 'createPortal'].flatMap((mutation): FaultCase[] => [
    {
      mutation,
      fault: 'ConflictFault',
      when: 'nobody can pay here',
      says: { message: 'Payments are not set up here. Ask an administrator: he sets plans.' },
      cause: async (world) => mutate(await world.learner(), mutation, aboutNothing(mutation)),
    },
    {
      mutation,
      fault: 'ProviderFault',
      when: 'the payment service is away',
      says: { retryable: true },
      cause: async (world) => mutate(await payer(world), mutation, aboutNothing(mutation)),
    },
  ]),
  {
    mutation: 'redeemPasswordReset',
    fault: 'InvalidInputFault',
    when: 'the password is too short',
    says: { issues: [{ path: ['newPassword'], message: 'Use at least 8 characters.' }] },
    cause: async (world) => redeem(world, 'short'),
  },
  {
    mutation: 'redeemPasswordReset',
    fault: 'NotFoundFault',
    when: 'the link was never given',
    cause: async (world) => redeem(world, 'another good password'),
  },
  {
    mutation: 'redeemPasswordReset',
    fault: 'RateLimitedFault',
    when: 'one client tries too many links',
    async cause(world) {
      const client = await world.visitor('few sign-ups')
      const variables = aboutNothing('redeemPasswordReset')
      await mutate(client, 'redeemPasswordReset', variables)
      return mutate(client, 'redeemPasswordReset', variables)
    },
  },
]

async function redeem(world: World, newPassword: string): Promise<unknown> {
  return mutate(await world.visitor(), 'redeemPasswordReset', { input: { token: 'nothing', newPassword } })
}

/** A learner whom the payment service, which is away, knows. */
async function payer(world: World) {
  const client = await world.learner('payment service away')
  const userId = await viewerIdOf(client)
  const installation = await world.installation('payment service away')
  await lookUp(installation, `update users set stripe_customer_id = 'cus_' || id where id = $1`, [userId])
  return client
}
