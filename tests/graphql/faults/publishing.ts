import { type GraphqlClient, segmentInput } from '../../support/graphql-client.ts'
import { endedSessionId, startedSessionId } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

export const publishing: FaultCase[] = [
  {
    mutation: 'publishSession',
    fault: 'ConfirmationFault',
    when: 'it is asked for the first time',
    says: { confirm: 'publish transcript' },
    async cause(world) {
      const client = await world.learner()
      return publish(client, await wordySessionId(client))
    },
  },
  {
    mutation: 'publishSession',
    fault: 'InvalidInputFault',
    when: 'another phrase is sent',
    says: { issues: [{ path: ['confirm'], message: 'Write exactly: publish transcript' }] },
    async cause(world) {
      const client = await world.learner()
      return publish(client, await wordySessionId(client), { confirm: 'publish transcript and recording' })
    },
  },
  {
    mutation: 'publishSession',
    fault: 'ConflictFault',
    when: 'the session is still running',
    says: { message: 'This session is still running. End it first.' },
    async cause(world) {
      const client = await world.learner()
      return publish(client, await startedSessionId(client), { confirm: 'publish transcript' })
    },
  },
  {
    mutation: 'publishSession',
    fault: 'ConflictFault',
    when: 'nothing was said',
    async cause(world) {
      const client = await world.learner()
      return publish(client, await endedSessionId(client))
    },
  },
  {
    mutation: 'publishSession',
    fault: 'ConflictFault',
    when: 'there is no recording',
    says: { message: 'This session has no recording to publish. Publish the transcript alone.' },
    async cause(world) {
      const client = await world.learner()
      return publish(client, await wordySessionId(client), { includeAudio: true })
    },
  },
]

async function wordySessionId(client: GraphqlClient): Promise<string> {
  const sessionId = await endedSessionId(client, segmentInput('a'))
  return sessionId
}

function publish(client: GraphqlClient, sessionId: string, over: Record<string, unknown> = {}): Promise<unknown> {
  return mutate(client, 'publishSession', { input: { sessionId, includeAudio: false, ...over } })
}
