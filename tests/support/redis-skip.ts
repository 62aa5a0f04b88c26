import { describeWithProgram } from './program-skip.ts'
import { findRedis } from './redis-server.ts'

export function describeWithRedis(name: string, suite: () => void): void {
  describeWithProgram('redis-server', findRedis() !== null, name, suite)
}
