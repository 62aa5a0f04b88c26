import { randomUUID } from 'node:crypto'
import { bareId, endedSessionId, lookUp } from '../a-session.ts'
import { mutate } from '../mutations.ts'
import type { FaultCase } from './fault-case.ts'

export const exports: FaultCase[] = [
  {
    mutation: 'exportData',
    fault: 'ConflictFault',
    when: 'the same request is sent for another session',
    async cause(world) {
      const client = await world.learner()
      const requestId = randomUUID()
      await mutate(client, 'exportData', { requestId, sessionId: await endedSessionId(client) })
      return mutate(client, 'exportData', { requestId })
    },
  },
  {
    mutation: 'exportData',
    fault: 'LimitFault',
    when: 'as many as are kept are there already',
    says: { limit: 10, used: 10 },
    async cause(world) {
      const client = await world.learner()
      const { viewer } = await client.ask('{ viewer { id } }')
      await lookUp(
        await world.installation(),
        `insert into data_exports (id, user_id, request_id, status, progress, storage_key, size_bytes, created_at, expires_at)
          select gen_random_uuid(), $1, gen_random_uuid(), 'COMPLETED', 1, 'exports/none', 1, now(), now() + interval '1 day'
          from generate_series(1, 10)`,
        [bareId(viewer.id)],
      )
      return mutate(client, 'exportData', { requestId: randomUUID() })
    },
  },
]
