import { lookUp, announce, bareId, startedSessionId, uploadedRecordingId } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

export const recordings: FaultCase[] = [
  {
    mutation: 'presignRecording',
    fault: 'InvalidInputFault',
    when: 'it is no audio that browsers record',
    says: { issues: [{ path: ['mimeType'], message: 'Send audio/webm, audio/ogg or audio/mp4.' }] },
    async cause(world) {
      const client = await world.learner()
      const input = announce(await startedSessionId(client), 'video', { mimeType: 'video/webm' })
      return mutate(client, 'presignRecording', { input })
    },
  },
  {
    mutation: 'presignRecording',
    fault: 'ConflictFault',
    when: 'this part is stored with other content',
    async cause(world) {
      const client = await world.learner()
      const sessionId = await startedSessionId(client)
      const recordingId = await uploadedRecordingId(client, sessionId)
      await mutate(client, 'completeRecording', { recordingId })
      return mutate(client, 'presignRecording', { input: announce(sessionId, 'other audio') })
    },
  },
  {
    mutation: 'presignRecording',
    fault: 'StorageFault',
    when: 'the store cannot be reached',
    says: { retryable: true },
    async cause(world) {
      const client = await world.learner('store away')
      return mutate(client, 'presignRecording', { input: announce(await startedSessionId(client), 'audio') })
    },
  },
  {
    mutation: 'completeRecording',
    fault: 'StorageFault',
    when: 'the store cannot be reached',
    says: { retryable: true },
    async cause(world) {
      const client = await world.learner('store away')
      const sessionId = await startedSessionId(client)
      // The announcement stands although no address could be given for it.
      await mutate(client, 'presignRecording', { input: announce(sessionId, 'audio') })
      const { session } = await client.ask(`query ($id: ID!) { session(id: $id) { recordings { id } } }`, {
        id: sessionId,
      })
      return mutate(client, 'completeRecording', { recordingId: session.recordings[0].id })
    },
  },
  {
    mutation: 'completeRecording',
    fault: 'UploadMismatchFault',
    when: 'nothing was uploaded',
    says: { expected: '5 bytes', actual: 'nothing' },
    async cause(world) {
      const client = await world.learner()
      const presigned = await mutate(client, 'presignRecording', {
        input: announce(await startedSessionId(client), 'audio'),
      })
      return mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
    },
  },
  {
    mutation: 'completeRecording',
    fault: 'ConflictFault',
    when: 'it is announced anew while it is checked',
    async cause(world) {
      const installation = await world.installation()
      const client = await world.learner()
      const sessionId = await startedSessionId(client)
      const recordingId = await uploadedRecordingId(client, sessionId)
      const copy = installation.blobs.copy.bind(installation.blobs)
      installation.blobs.copy = async (...args) => {
        await copy(...args)
        await mutate(client, 'presignRecording', { input: announce(sessionId, 'quite other audio') })
      }
      const answer = await mutate(client, 'completeRecording', { recordingId })
      installation.blobs.copy = copy
      const [row] = await lookUp(installation, 'select uploaded_at from recordings where id = $1', [
        bareId(recordingId),
      ])
      if (row.uploaded_at !== null) throw new Error('what was announced anew counts as stored')
      return answer
    },
  },
]
