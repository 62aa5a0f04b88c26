/** The page of a conversation in easy and hard words, with all that can be opened on it: readable at every width, and it stands still. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../server/partner/voice/voice.ts'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { signUpOnPage } from '../support/learner-steps.ts'
import { say } from '../support/spoken-microphone.ts'
import { inspect, takePicture } from './inspect-page.ts'
import { hearNextQuestion, hearQuestion, openReplies, plainReplies, toSpeech } from './talk.ts'

let dataFolder: string
let installation: InstallationProcess
let browser: Browser
let voice: Voice

describeWithBrowser('the page of a conversation', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-live-pages-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    browser = await openBrowser()
    voice = startVoice()
  })
  afterAll(async () => {
    await browser?.close()
    await voice?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it.each(['A1', 'B1', 'C1'])(
    'is readable in %s, with help, gaps and push-to-talk',
    { timeout: 240_000 },
    async (level) => {
      const { page, faults } = await openLearner(browser, await installation.url)
      await signUpOnPage(page)
      await openMicrophoneCheck(page, level)
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      await hearQuestion(page)
      await inspect(page, `live-${level}`)
      await page.getByRole('button', { name: 'What does … mean?' }).click()
      await inspect(page, `live-${level}-help`)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Push to talk' }).click()
      await inspect(page, `live-${level}-push-to-talk`)
      await page.getByRole('button', { name: 'Push to talk' }).click()
      await talkUntilGap(page)
      await inspect(page, `live-${level}-gap`)
      await openReplies(page).first().click()
      await inspect(page, `live-${level}-gap-open`)
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      expect(faults).toEqual([])
    },
  )

  it.each(['A1', 'B1', 'C1'])(
    'leads through a whole talk in %s, and keeps it as it was shown',
    { timeout: 600_000 },
    async (level) => {
      const { page, faults } = await openLearner(browser, await installation.url)
      await page.setViewportSize({ width: 390, height: 844 })
      await signUpOnPage(page)
      await openMicrophoneCheck(page, level)
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      let question = await hearQuestion(page)
      const said = [question]
      for (let turn = 1; (await plainReplies(page).count()) > 0; turn += 1) {
        expect(turn, 'turns').toBeLessThanOrEqual(14)
        await takePicture(page, `talk-${level}-${turn}`)
        const reply = plainReplies(page).first()
        said.push(await reply.innerText())
        await reply.click()
        question = await hearNextQuestion(page, question)
        said.push(question)
      }
      await page.getByRole('status').getByText('The talk is over').waitFor({ state: 'attached' })
      expect(await openReplies(page).count()).toBe(0)
      expect(said.length, 'lines of eight turns and more').toBeGreaterThanOrEqual(16)
      await takePicture(page, `talk-${level}-end`)
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      const lines = page.getByRole('list', { name: 'Transcript' }).getByRole('listitem')
      await expect.poll(() => lines.count()).toBe(said.length)
      for (const [index, line] of said.entries()) await expect.poll(() => lines.nth(index).innerText()).toContain(line)
      await takePicture(page, `talk-${level}-review`)
      expect(faults).toEqual([])
    },
  )

  it('stands still while captions and cards come and go', { timeout: 120_000 }, async () => {
    const { page } = await openLearner(browser, await installation.url)
    await page.setViewportSize({ width: 390, height: 780 })
    await page.addInitScript(noteShifts)
    await signUpOnPage(page)
    await openMicrophoneCheck(page, 'A1')
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    let question = await hearQuestion(page)
    await page.evaluate('window.parleyTestShifts.length = 0')
    for (let turn = 1; turn <= 3; turn += 1) {
      // Spoken: after a tap the browser would forgive every movement for half a second.
      await say(page, await toSpeech(voice, await plainReplies(page).first().innerText()))
      question = await hearNextQuestion(page, question)
    }
    expect(await page.evaluate('window.parleyTestShifts')).toEqual([])
  })

  it(
    'says in free talk that nobody understands, and the learner tells afterwards what they said',
    { timeout: 180_000 },
    async () => {
      const { page, faults } = await openLearner(browser, await installation.url)
      await signUpOnPage(page)
      await openMicrophoneCheck(page, 'A2')
      await page.getByRole('radio', { name: 'Free talk' }).check()
      await inspect(page, 'microphone-free')
      await page.getByRole('button', { name: 'Start', exact: true }).click()
      const question = await hearQuestion(page)
      await page.getByText('Free talk: recorded, not understood by the partner').waitFor()
      await inspect(page, 'live-free')
      const words = 'Last weekend I visited my brother and we cooked together.'
      await say(page, await toSpeech(voice, words))
      await hearNextQuestion(page, question)
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      await inspect(page, 'review-free')
      await page.getByLabel('Your words').fill(words)
      await page.getByRole('button', { name: 'Add my words' }).click()
      await page.getByRole('list', { name: 'Transcript' }).getByText(words).waitFor({ timeout: 60_000 })
      await inspect(page, 'review-free-told')
      expect(faults).toEqual([])
    },
  )
})

async function openMicrophoneCheck(page: Page, level: string): Promise<void> {
  await page.getByRole('group', { name: 'Level' }).getByRole('button', { name: level }).click()
  await page.getByRole('region', { name: 'Topics' }).getByRole('link').first().click()
  await page.getByText('Say something: the bars should move.').waitFor()
}

/** Every topic has replies with a gap somewhere. */
async function talkUntilGap(page: Page): Promise<void> {
  let question = await hearQuestion(page)
  for (let turn = 1; (await openReplies(page).count()) === 0; turn += 1) {
    expect(turn, 'turns without a gap').toBeLessThan(14)
    await plainReplies(page).first().click()
    question = await hearNextQuestion(page, question)
  }
}

/** Collects what moved by itself, but for the captions, which scroll like any conversation, and the sign of a voice. Source: W3C Layout Instability. */
const noteShifts = `(() => {
  window.parleyTestShifts = []
  new PerformanceObserver((list) => {
    for (const { hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      const nodes = sources.map(({ node }) => node && (node.nodeType === 1 ? node : node.parentElement))
      for (const node of nodes) if (node && !node.closest('.captions, .turn__voice')) window.parleyTestShifts.push(node.outerHTML.slice(0, 200))
    }
  }).observe({ type: 'layout-shift', buffered: true })
})()`
