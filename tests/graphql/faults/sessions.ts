import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { segmentInput, topicId } from '../../support/graphql-client.ts'
import { endedSessionId, startedSessionId, startInput } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

const minuteMs = 60_000

export const sessions: FaultCase[] = [
  {
    mutation: 'startSession',
    fault: 'InvalidInputFault',
    when: 'the topic is named by the id of something else',
    says: { issues: [{ path: ['activity', 'conversation', 'topicId'], message: 'This is not the id of a topic.' }] },
    async cause(world) {
      const input = { requestId: randomUUID(), activity: { conversation: { topicId: `Conversation_${randomUUID()}` } } }
      return mutate(await world.learner(), 'startSession', { input })
    },
  },
  {
    mutation: 'startSession',
    fault: 'ConflictFault',
    when: 'a request comes again with another choice',
    async cause(world) {
      const client = await world.learner()
      const requestId = randomUUID()
      await mutate(client, 'startSession', {
        input: { requestId, activity: { conversation: { topicId: await topicId(client, 'A1') } } },
      })
      return mutate(client, 'startSession', {
        input: { requestId, activity: { conversation: { topicId: await topicId(client, 'B2') } } },
      })
    },
  },
  {
    mutation: 'startSession',
    fault: 'EntitlementFault',
    when: "the account's plan has no practice time",
    says: { required: 'PRO' },
    async cause(world) {
      const client = await world.learner('no practice')
      return mutate(client, 'startSession', { input: await startInput(client) })
    },
  },
  {
    mutation: 'startSession',
    fault: 'LimitFault',
    when: 'as many conversations run as may run at once',
    says: { limit: 1, used: 1, resetsAt: null },
    async cause(world) {
      const client = await world.learner('one at a time')
      await startedSessionId(client)
      return mutate(client, 'startSession', { input: await startInput(client) })
    },
  },
  {
    mutation: 'startSession',
    fault: 'LimitFault',
    when: "the day's practice time is used up or reserved",
    says: { limit: 600, used: 600, resetsAt: expect.stringMatching(/T00:00:00.000Z$/) },
    async cause(world) {
      const client = await world.learner('ten minutes')
      await startedSessionId(client)
      return mutate(client, 'startSession', { input: await startInput(client) })
    },
  },
  {
    mutation: 'startSession',
    fault: 'ProviderFault',
    when: 'the voice service has a fault',
    says: { retryable: true },
    async cause(world) {
      const client = await world.learner()
      return withFaultyProvider(world, async () => mutate(client, 'startSession', { input: await startInput(client) }))
    },
  },
  {
    mutation: 'mintClientSecret',
    fault: 'ProviderFault',
    when: 'the voice service has a fault',
    says: { retryable: true },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await startedSessionId(client)
      return withFaultyProvider(world, () => mutate(client, 'mintClientSecret', { sessionId }))
    },
  },
  {
    mutation: 'mintClientSecret',
    fault: 'LimitFault',
    when: "the session's time is up",
    says: { limit: 900, used: 900, resetsAt: null },
    async cause(world) {
      const client = await world.learner('timed')
      const sessionId = await startedSessionId(client)
      world.time.advance(15 * minuteMs)
      return mutate(client, 'mintClientSecret', { sessionId })
    },
  },
  ...['mintClientSecret', 'keepAlive'].map((mutation): FaultCase => ({
    mutation,
    fault: 'SessionNotActiveFault',
    when: 'the session has ended',
    says: { status: 'ENDED' },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, mutation, { sessionId: await endedSessionId(client) })
    },
  })),
  {
    mutation: 'appendSegments',
    fault: 'SessionNotActiveFault',
    when: 'a partial comes after the end',
    says: { status: 'ENDED' },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await endedSessionId(client)
      return mutate(client, 'appendSegments', {
        input: { sessionId, segments: [segmentInput('late', { final: false })] },
      })
    },
  },
  {
    mutation: 'appendSegments',
    fault: 'InvalidInputFault',
    when: 'there are no segments',
    says: { issues: [{ path: ['segments'], message: 'Send at least one segment.' }] },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, 'appendSegments', { input: { sessionId: await startedSessionId(client), segments: [] } })
    },
  },
]

async function withFaultyProvider<T>(world: Parameters<FaultCase['cause']>[0], work: () => Promise<T>): Promise<T> {
  const { provider } = await world.installation()
  provider.mood = { kind: 'status', status: 500 }
  try {
    return await work()
  } finally {
    provider.mood = { kind: 'well' }
  }
}
