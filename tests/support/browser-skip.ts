import { findChromium } from './browser.ts'
import { describeWithProgram } from './program-skip.ts'

export function describeWithBrowser(name: string, suite: () => void): void {
  const isThere = findChromium() !== null && process.env['PARLEY_SKIP_BROWSER'] !== '1'
  describeWithProgram('Chromium', isThere, name, suite)
}
