import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with one line that machines read: `412 passed, 0 failed, 3 skipped`. A file or error outside any test counts
 * as failed. Tests that passed on a second try only are named before it.
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
    // After the default reporter's own summary, which is printed in the same turn.
    setImmediate(() => {
      for (const name of flaky) console.log(`PASSED ON A SECOND TRY ONLY: ${name}`)
      console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped + count.pending} skipped`)
    })
  }
}
