/** From the press of Start until the partner can be heard in the browser: a whole installation, a real browser, real audio. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { findChromium, openBrowser, openLearner } from '../support/browser.ts'
import { startInstallationProcess } from '../support/installation-process.ts'
import { pickTopic, signUpOnPage } from '../support/learner-steps.ts'
import { inMs, percentile, type Row } from './figures.ts'

const calls = 10
const topic = 'Getting to know you'

export async function measureFirstAudio(): Promise<Row[]> {
  if (findChromium() === null) return [{ what: 'Start pressed to first audio: no Chromium here', figure: '-' }]
  const folder = await mkdtemp(path.join(tmpdir(), 'parley-bench-'))
  const installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: folder })
  const browser = await openBrowser()
  try {
    const { context, page } = await openLearner(browser, await installation.url)
    await context.addInitScript(earScript)
    await signUpOnPage(page)
    const samples: number[] = []
    for (let call = 0; call < calls; call += 1) samples.push(await callOnce(page))
    return [
      {
        what: `Start pressed to the partner's first audio, ${calls} calls, p50`,
        figure: inMs(percentile(samples, 0.5)),
      },
      {
        what: `Start pressed to the partner's first audio, ${calls} calls, p95`,
        figure: inMs(percentile(samples, 0.95)),
        goal: '< 1500 ms',
      },
    ]
  } finally {
    await browser.close()
    installation.pressControlC()
    await installation.exitCode
    await installation.destroy()
    await rm(folder, { recursive: true, force: true })
  }
}

async function callOnce(page: Page): Promise<number> {
  await pickTopic(page, topic)
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  const heard = await page.waitForFunction(() => (globalThis as { parleyHeardMs?: number }).parleyHeardMs, null, {
    polling: 50,
  })
  const tookMs = Number(await heard.jsonValue())
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByText(/^Saved\./).waitFor()
  await page.goto('/')
  return tookMs
}

/**
 * Runs in the page before its own code: notes the press, then asks every incoming audio track what has been played of it
 * until there is sound in it. Source: W3C WebRTC Statistics, totalAudioEnergy.
 */
const earScript = `(() => {
  let pressedAt = Number.NaN
  document.addEventListener('click', (event) => {
    if (event.target.closest('button')?.textContent.trim() === 'Start') pressedAt = performance.now()
  }, true)
  const Connection = globalThis.RTCPeerConnection
  const listen = async (connection) => {
    for (;;) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'audio' && report.totalAudioEnergy > 1e-5) {
          globalThis.parleyHeardMs ??= performance.now() - pressedAt
          return
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
  globalThis.RTCPeerConnection = class extends Connection {
    constructor(...settings) {
      super(...settings)
      this.addEventListener('track', () => void listen(this))
    }
  }
})()`
