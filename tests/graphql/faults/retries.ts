import { settled, storedRecordingId } from '../a-recording.ts'
import { announce, bareId, endedSessionId, lookUp, startedSessionId } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import { makeSilentRecording } from '../../support/silent-recording.ts'
import type { FaultCase, World } from './fault-case.ts'

const mutation = 'retryRecording'
const notAudio = Buffer.from('this is no audio at all')
const failure = `'{"code":"MEASURING_FAILED","message":"It failed.","retryable":true,"at":"2026-11-20T10:00:00Z"}'`

export const retries: FaultCase[] = [
  {
    mutation,
    fault: 'ConflictFault',
    when: 'it is not stored yet',
    says: { message: 'This recording is not stored yet. Complete its upload first.' },
    async cause(world) {
      const client = await world.learner()
      const input = announce(await startedSessionId(client), 'audio')
      const { recording } = await mutate(client, 'presignRecording', { input })
      return mutate(client, mutation, { recordingId: recording.id })
    },
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'all is well with it',
    says: { message: 'There is nothing about this recording that could be tried again.' },
    cause: async (world) => retry(world, await makeSilentRecording(1)),
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'another try cannot mend it',
    says: { message: 'There is nothing about this recording that could be tried again.' },
    cause: (world) => retry(world, notAudio),
  },
  {
    mutation,
    fault: 'ConflictFault',
    when: 'its audio was deleted for its age',
    cause: (world) => retry(world, notAudio, `measure_failure = ${failure}, pruned_at = now()`),
  },
  {
    mutation,
    fault: 'LimitFault',
    when: 'it was tried as often as it can be',
    says: { limit: 10, used: 10, resetsAt: null },
    cause: (world) => retry(world, notAudio, `measure_failure = ${failure}, retries = 10`),
  },
  {
    mutation,
    fault: 'EntitlementFault',
    when: "the account's plan has no practice",
    says: { required: 'PRO' },
    async cause(world) {
      const client = await world.learner('no practice')
      return mutate(client, mutation, { recordingId: 'Recording_01890000-0000-7000-8000-000000000000' })
    },
  },
]

/** Of a recording that was measured, or could not be, and then changed. */
async function retry(world: World, content: Buffer<ArrayBuffer>, change?: string): Promise<unknown> {
  const client = await world.learner()
  const recordingId = await storedRecordingId(client, await endedSessionId(client), content)
  await settled(client, recordingId)
  if (change !== undefined)
    await lookUp(await world.installation(), `update recordings set ${change} where id = $1`, [bareId(recordingId)])
  return mutate(client, mutation, { recordingId })
}
