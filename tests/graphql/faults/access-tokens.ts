import { expect } from 'vitest'
import { createProgram, tokenInput } from '../an-access-token.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

const mutation = 'createAccessToken'

export const accessTokens: FaultCase[] = [
  {
    mutation,
    fault: 'InvalidInputFault',
    when: 'it has no name, is for nothing, and holds too long',
    says: {
      issues: ['name', 'scopes', 'expiresInDays'].map((path) => ({ path: [path], message: expect.any(String) })),
    },
    cause: async (world) =>
      mutate(await world.learner(), mutation, { input: tokenInput({ name: ' ', scopes: [], expiresInDays: 367 }) }),
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'the same request made one before',
    async cause(world) {
      const client = await world.learner()
      const input = tokenInput()
      await mutate(client, mutation, { input })
      return mutate(client, mutation, { input })
    },
  },
  {
    mutation,
    fault: 'LimitFault',
    when: 'the account has as many as it may have',
    says: { limit: 50, used: 50, resetsAt: null },
    async cause(world) {
      const client = await world.learner()
      for (let made = 0; made < 50; made += 1) await createProgram(client)
      return mutate(client, mutation, { input: tokenInput() })
    },
  },
]
