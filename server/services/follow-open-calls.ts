import { takeUnfollowedCalls } from '../../db/queries/client-secret.ts'
import { longestCallMs } from '../domain/session-state.ts'
import { followCall, followedForMs } from './follow-call.ts'
import type { ServiceDeps } from './service-deps.ts'

const batchSize = 100

type Deps = Pick<ServiceDeps, 'db' | 'bus' | 'background' | 'clock' | 'makeId' | 'provider' | 'log'>

/** Listens in on calls that are going on and that nobody follows any more: the server that did was stopped, or died. Gives how many. */
export async function followOpenCalls(deps: Deps): Promise<number> {
  const now = deps.clock()
  const due = {
    now,
    until: new Date(now.getTime() + followedForMs),
    startedSince: new Date(now.getTime() - longestCallMs),
    limit: batchSize,
  }
  const calls = await deps.db.withSystem('follow open calls', (tx) => takeUnfollowedCalls(tx, due))
  for (const call of calls) deps.background.start((stopped) => followCall(deps, call, stopped))
  return calls.length
}
