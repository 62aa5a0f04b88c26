import { segmentInput } from '../../support/graphql-client.ts'
import { endedSessionId, startedSessionId, uploadedRecordingId } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

const mutation = 'provideLearnerText'

export const learnerTexts: FaultCase[] = [
  {
    mutation,
    fault: 'InvalidInputFault',
    when: 'there are no words in the text',
    says: { issues: [{ path: ['text'], message: 'Write what you said.' }] },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, mutation, { input: { sessionId: await endedSessionId(client), text: ' … ' } })
    },
  },
  {
    mutation,
    fault: 'InvalidInputFault',
    when: 'the text is longer than any talk',
    says: { issues: [{ path: ['text'], message: 'At most 20,000 characters.' }] },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, mutation, { input: { sessionId: await endedSessionId(client), text: 'a'.repeat(20_001) } })
    },
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'the session is running',
    says: { message: 'The session is still running. End it first, then tell what you said.' },
    async cause(world) {
      const client = await world.learner()
      return mutate(client, mutation, { input: { sessionId: await startedSessionId(client), text: 'I said this.' } })
    },
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: "the learner's speech was understood",
    says: { message: 'What you said in this session is in its transcript already.' },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await startedSessionId(client)
      const segments = [segmentInput('a', { speaker: 'LEARNER', source: 'MATCHED' })]
      await mutate(client, 'appendSegments', { input: { sessionId, segments } })
      await mutate(client, 'endSession', { input: { sessionId } })
      return mutate(client, mutation, { input: { sessionId, text: 'I said this.' } })
    },
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'another text was given before',
    says: { message: 'You have told already what you said in this session. It stays as it is.' },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await endedSessionId(client)
      await mutate(client, mutation, { input: { sessionId, text: 'I said this.' } })
      return mutate(client, mutation, { input: { sessionId, text: 'I said something else.' } })
    },
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'the recording that it names is not stored yet',
    says: { message: 'This recording is not stored yet. Complete its upload first.' },
    async cause(world) {
      const client = await world.learner()
      const sessionId = await endedSessionId(client)
      const recordingId = await uploadedRecordingId(client, sessionId)
      return mutate(client, mutation, { input: { sessionId, recordingId, text: 'I said this.' } })
    },
  },
  {
    mutation,
    fault: 'NotFoundFault',
    when: "the recording is of another session of one's own",
    async cause(world) {
      const client = await world.learner()
      const recordingId = await uploadedRecordingId(client, await endedSessionId(client))
      return mutate(client, mutation, {
        input: { sessionId: await endedSessionId(client), recordingId, text: 'I said this.' },
      })
    },
  },
  {
    mutation,
    fault: 'StorageFault',
    when: 'the recording cannot be read',
    says: { retryable: true },
    async cause(world) {
      const client = await world.learner('store that cannot be read')
      const sessionId = await endedSessionId(client)
      const recordingId = await uploadedRecordingId(client, sessionId)
      await mutate(client, 'completeRecording', { recordingId })
      return mutate(client, mutation, { input: { sessionId, recordingId, text: 'I said this.' } })
    },
  },
]
