import { describe } from 'vitest'
import { findChromium } from './browser.ts'

/** A suite that needs Chromium: skipped with a loud line where there is none, which fails in CI. */
export function describeWithBrowser(name: string, suite: () => void): void {
  const isMissing = findChromium() === null || process.env['PARLEY_SKIP_BROWSER'] === '1'
  if (isMissing && process.env['CI']) throw new Error(`"${name}" needs Chromium, and CI must not skip it`)
  if (isMissing) console.warn(`SKIPPED, for want of Chromium: ${name}`)
  describe.skipIf(isMissing)(name, suite)
}
