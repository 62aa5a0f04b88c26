/** A learner who closes the page: the partner stops at once, and nothing of the conversation is lost. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { hearPartnerOut, pickTopic, signUpOnPage } from '../support/learner-steps.ts'

/** Without the page's goodbye it is missed only after some fifteen seconds without packets. */
const noticedWithinMs = 1_000

let dataFolder: string
let installation: InstallationProcess
let browser: Browser

describeWithBrowser('a page that goes away', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-leaving-'))
    // The partner's log is told only then.
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder, LOG_LEVEL: 'debug' })
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it('hangs up when its tab is closed, and another tab finishes the saving by itself', async () => {
    const { context, page } = await startTalk()
    await expectCallEnd(() => page.close())
    const later = await context.newPage()
    await later.goto('/practise')
    await seeSaved(later)
  })

  it('hangs up when it is loaded again, and finishes the saving by itself', async () => {
    const { page } = await startTalk()
    page.on('dialog', (dialog) => void dialog.accept())
    await expectCallEnd(() => page.reload())
    await page.goto('/practise')
    await seeSaved(page)
  })
})

async function startTalk(): Promise<{ context: BrowserContext; page: Page }> {
  const { context, page } = await openLearner(browser, await installation.url)
  await signUpOnPage(page)
  await pickTopic(page, 'Getting to know you')
  await page.getByText('Say something: the bars should move.').waitFor()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await hearPartnerOut(page)
  return { context, page }
}

async function expectCallEnd(leave: () => Promise<unknown>): Promise<void> {
  const countEnds = (): number => installation.output().split('call-ended').length - 1
  const before = countEnds()
  await leave()
  await expect.poll(countEnds, { timeout: noticedWithinMs, interval: 20 }).toBe(before + 1)
}

async function seeSaved(page: Page): Promise<void> {
  await page.getByText(/We kept .* of “Getting to know you” from .*, and now it is saved\./).waitFor()
  await page.getByRole('link', { name: 'Look at it' }).click()
  await page.getByRole('list', { name: 'Transcript' }).getByRole('listitem').first().waitFor()
}
