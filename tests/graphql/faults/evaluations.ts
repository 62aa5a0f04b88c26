import type { TestInstallation } from '../../support/installation.ts'
import { bareId, endedSessionId, lookUp, startedSessionId } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

export const evaluations: FaultCase[] = [
  {
    mutation: 'requestEvaluation',
    fault: 'ConflictFault',
    when: 'the session is still running',
    says: { message: 'This session is still running. End it first.' },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, 'requestEvaluation', { sessionId: await startedSessionId(client) })
    },
  },
  ...['PENDING', 'PROCESSING'].map((status): FaultCase => ({
    mutation: 'requestEvaluation',
    fault: 'ConflictFault',
    when: `one is ${status} already`,
    async cause(world) {
      const client = await world.learner()
      const sessionId = await endedSessionId(client)
      await set(await world.installation(), sessionId, `evaluation_status = '${status}'`)
      return mutate(client, 'requestEvaluation', { sessionId })
    },
  })),
  {
    mutation: 'requestEvaluation',
    fault: 'ConflictFault',
    when: 'the session never began',
    async cause(world) {
      const client = await world.learner()
      const sessionId = await startedSessionId(client)
      await mutate(client, 'endSession', { input: { sessionId, reason: 'FAILED' } })
      return mutate(client, 'requestEvaluation', { sessionId })
    },
  },
  {
    mutation: 'requestEvaluation',
    fault: 'LimitFault',
    when: 'it was asked for as often as it can be',
    says: { limit: 20, used: 20, resetsAt: null },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await endedSessionId(client)
      await set(await world.installation(), sessionId, 'evaluation_requests = 20')
      return mutate(client, 'requestEvaluation', { sessionId })
    },
  },
  {
    mutation: 'requestEvaluation',
    fault: 'EntitlementFault',
    when: "the account's plan has no practice",
    says: { required: 'PRO' },
    async cause(world) {
      const client = await world.learner('no practice')
      return mutate(client, 'requestEvaluation', { sessionId: 'Conversation_01890000-0000-7000-8000-000000000000' })
    },
  },
]

async function set(installation: TestInstallation, sessionId: string, change: string): Promise<void> {
  await lookUp(installation, `update sessions set ${change} where id = $1`, [bareId(sessionId)])
}
