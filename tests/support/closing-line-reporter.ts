import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with one line that machines read: `412 passed, 0 failed, 3 skipped`. A file or error outside any test counts
 * as failed. Tests that passed on a second try only are named before it. With PARLEY_TEST_COUNTS all that goes into the file of
 * that name, for whoever adds up several runs.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    const flaky: string[] = []
    for (const module of modules) {
      const failedBefore = count.failed
      for (const test of module.children.allTests()) {
        count[test.result().state] += 1
        if (test.diagnostic()?.flaky) flaky.push(test.fullName)
      }
      if (module.state() === 'failed' && count.failed === failedBefore) count.failed += 1
    }
    const countsFile = process.env['PARLEY_TEST_COUNTS']
    if (countsFile) {
      const { passed, failed } = count
      writeFileSync(countsFile, JSON.stringify({ passed, failed, skipped: count.skipped + count.pending, flaky }))
      return
    }
    // After the default reporter's own summary, which is printed in the same turn.
    setImmediate(() => {
      for (const name of flaky) console.log(`PASSED ON A SECOND TRY ONLY: ${name}`)
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`)
    })
  }
}
