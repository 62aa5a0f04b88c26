import { expect } from 'vitest'
import { GraphqlClient } from '../../support/graphql-client.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

const good = { email: 'someone@example.org', password: 'a good password' }

export const accounts: FaultCase[] = [
  {
    mutation: 'signUp',
    fault: 'InvalidInputFault',
    when: 'address and password cannot be accepted',
    says: {
      issues: [
        { path: ['email'], message: 'This is not an e-mail address.' },
        { path: ['password'], message: 'Use at least 8 characters.' },
      ],
    },
    cause: async (world) => mutate(await world.visitor(), 'signUp', { input: { email: 'nobody', password: 'short' } }),
  },
  {
    mutation: 'signUp',
    fault: 'ConflictFault',
    when: 'the address is taken, in whatever case of letters',
    async cause(world) {
      await mutate(await world.visitor(), 'signUp', { input: good })
      return mutate(await world.visitor(), 'signUp', { input: { ...good, email: ' SomeOne@Example.org ' } })
    },
  },
  {
    mutation: 'signUp',
    fault: 'RateLimitedFault',
    when: 'one client opens too many accounts',
    async cause(world) {
      const installation = await world.installation('few sign-ups')
      await mutate(new GraphqlClient(installation.url), 'signUp', { input: good })
      return mutate(new GraphqlClient(installation.url), 'signUp', { input: { ...good, email: 'another@example.org' } })
    },
  },
  {
    mutation: 'signIn',
    fault: 'UnauthenticatedFault',
    when: 'there is no such account',
    says: { message: 'The address or the password is wrong.' },
    cause: async (world) =>
      mutate(await world.visitor(), 'signIn', { input: { email: 'nobody@example.org', password: 'a good password' } }),
  },
  {
    mutation: 'signIn',
    fault: 'RateLimitedFault',
    when: 'one account is tried too often',
    async cause(world) {
      const client = await world.visitor('tight')
      const input = { email: 'tried@example.org', password: 'guess' }
      for (const _try of [1, 2]) await mutate(client, 'signIn', { input })
      return mutate(client, 'signIn', { input })
    },
  },
  {
    mutation: 'changePassword',
    fault: 'InvalidInputFault',
    when: 'the current password is wrong',
    says: { issues: [{ path: ['currentPassword'], message: 'This is not your current password.' }] },
    async cause(world) {
      const input = { currentPassword: 'a wrong password', newPassword: 'another good password' }
      return mutate(await world.learner(), 'changePassword', { input })
    },
  },
  {
    mutation: 'deleteAccount',
    fault: 'InvalidInputFault',
    when: 'the password is wrong',
    says: { issues: [{ path: ['password'], message: 'This is not your password.' }] },
    cause: async (world) => mutate(await world.learner(), 'deleteAccount', { input: { password: 'a wrong password' } }),
  },
  {
    mutation: 'deleteAccount',
    fault: 'ConflictFault',
    when: 'the account is that of the only administrator',
    async cause(world) {
      const first = await world.learner('lonely')
      return mutate(first, 'deleteAccount', { input: { password: 'a good password' } })
    },
  },
  {
    mutation: 'updateViewer',
    fault: 'InvalidInputFault',
    when: 'no preference is within its bounds',
    says: {
      issues: ['endOfTurnPauseMs', 'partnerSpeed', 'timeZone'].map((name) => ({
        path: [name],
        message: expect.any(String),
      })),
    },
    cause: async (world) =>
      mutate(await world.learner(), 'updateViewer', {
        input: { endOfTurnPauseMs: 10, partnerSpeed: 2, timeZone: 'Mars/Olympus' },
      }),
  },
]
