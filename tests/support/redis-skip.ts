import { describe } from 'vitest'
import { findRedis } from './redis-server.ts'

/** A suite that needs Redis: skipped with a loud line where there is none, which fails in CI. */
export function describeWithRedis(name: string, suite: () => void): void {
  const isMissing = findRedis() === null
  if (isMissing && process.env['CI']) throw new Error(`"${name}" needs redis-server, and CI must not skip it`)
  if (isMissing) console.warn(`SKIPPED, for want of redis-server: ${name}`)
  describe.skipIf(isMissing)(name, suite)
}
