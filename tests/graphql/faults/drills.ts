import { answeredDrillId, startDrill, startedDrillId, storePack, submit } from '../../drills/a-drill.ts'
import { lookUp } from '../a-session.ts'
import type { FaultCase, Kind, World } from './fault-case.ts'

export const drills: FaultCase[] = [
  {
    mutation: 'startSession',
    fault: 'ConflictFault',
    when: 'the pack of the question is no longer in use',
    says: {
      message: 'This question is of a pack that is no longer in use. Choose one of those that are listed now.',
    },
    async cause(world) {
      const client = await world.learner()
      const [question] = await questionsOf(world, { status: 'ARCHIVED' })
      return startDrill(client, question)
    },
  },
  {
    mutation: 'startSession',
    fault: 'LimitFault',
    when: "the day's practice time does not hold the answer to one more question",
    says: { limit: 600, used: 540 },
    async cause(world) {
      const client = await world.learner('ten minutes')
      const [question] = await questionsOf(world, {}, 'ten minutes')
      for (const _open of [1, 2, 3]) await startedDrillId(client, question)
      return startDrill(client, question)
    },
  },
  {
    mutation: 'submitDrillResponse',
    fault: 'InvalidInputFault',
    when: 'the answer is empty',
    says: { issues: [{ path: ['response', 'text'], message: 'Write your answer first.' }] },
    async cause(world) {
      const client = await world.learner()
      const [question] = await questionsOf(world)
      return submit(client, await startedDrillId(client, question), { text: ' ' })
    },
  },
  {
    mutation: 'submitDrillResponse',
    fault: 'SessionNotActiveFault',
    when: 'the drill is answered already',
    says: { status: 'ENDED' },
    async cause(world) {
      const client = await world.learner()
      const [question] = await questionsOf(world)
      return submit(client, await answeredDrillId(client, question, 'Once.'), { text: 'Twice.' })
    },
  },
]

async function questionsOf(
  world: World,
  pack: Parameters<typeof storePack>[1] = {},
  kind: Kind = 'plain',
): Promise<[string, string, string]> {
  const installation = await world.installation(kind)
  // Whichever packs there are: the newest one is asked for.
  const [{ count }] = await lookUp(installation, 'select count(*)::int as count from content_packs')
  return (await storePack(installation, { version: `1.0.${count}`, ...pack })).questions
}
