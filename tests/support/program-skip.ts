import { describe } from 'vitest'

/** A suite that needs a program: skipped with a loud line where there is none, which fails in CI. */
export function describeWithProgram(program: string, isThere: boolean, name: string, suite: () => void): void {
  if (!isThere && process.env['CI']) throw new Error(`"${name}" needs ${program}, and CI must not skip it`)
  if (!isThere) console.warn(`SKIPPED, for want of ${program}: ${name}`)
  describe.skipIf(!isThere)(name, suite)
}
