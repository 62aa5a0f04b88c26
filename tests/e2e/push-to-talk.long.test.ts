/** Turns by the learner's own hand, against the real partner: nothing counts before the press, everything until the release. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../server/partner/voice/voice.ts'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { decodeRecording, loudness } from '../support/decode-recording.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { hearPartnerOut, pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'
import { say } from '../support/spoken-microphone.ts'
import { hearNextQuestion, hearQuestion, plainReplies, toSpeech } from './talk.ts'

let dataFolder: string
let installation: InstallationProcess
let browser: Browser
let voice: Voice

describeWithBrowser('push-to-talk', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-push-to-talk-'))
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

  it(
    'hears the learner from press to release, by keyboard and by pointer, and is remembered',
    { timeout: 240_000 },
    async () => {
      const { page, faults } = await openLearner(browser, await installation.url)
      await signUpOnPage(page)
      await startTalk(page)
      const first = await hearQuestion(page)
      await page.getByRole('button', { name: 'Push to talk' }).click()

      // Said to a closed microphone: nobody heard it.
      const unheard = await plainReplies(page).first().innerText()
      await say(page, await toSpeech(voice, unheard))
      await page.getByRole('status').getByText('Your turn', { exact: true }).waitFor({ state: 'attached' })

      const [reply, second] = await answerByHand(page, first, {
        press: () => page.keyboard.down('Space'),
        release: () => page.keyboard.up('Space'),
      })
      // A short click begins, another one sends.
      const button = page.getByRole('button', { name: /Hold to talk|We hear you/ })
      const [otherReply] = await answerByHand(page, second, {
        press: () => button.click(),
        release: () => button.click(),
      })

      await page.getByRole('button', { name: 'Repeat' }).click()
      await page.getByRole('status').getByText('Your partner is speaking').waitFor({ state: 'attached' })
      await page.keyboard.down('Space')
      await page.getByRole('status').getByText('We hear you').waitFor({ state: 'attached' })
      await page.keyboard.up('Space')

      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      await expectHeard(page, [reply, otherReply])

      await page.goto('/practise')
      await startTalk(page)
      await hearPartnerOut(page)
      await page.getByRole('button', { name: 'Hold to talk' }).waitFor()
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      expect(faults).toEqual([])
    },
  )
})

async function startTalk(page: Page): Promise<void> {
  await pickTopic(page, 'Getting to know you')
  await page.getByText('Say something: the bars should move.').waitFor()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
}

/** Gives what was said, and what the partner asked then. */
async function answerByHand(
  page: Page,
  question: string,
  hand: { press: () => Promise<void>; release: () => Promise<void> },
): Promise<[string, string]> {
  const reply = await plainReplies(page).first().innerText()
  const speech = await toSpeech(voice, reply)
  await hand.press()
  await page.getByRole('status').getByText('We hear you').waitFor({ state: 'attached' })
  await say(page, speech)
  await hand.release()
  await page.getByRole('region', { name: 'Live captions' }).getByText(reply, { exact: true }).waitFor()
  return [reply, await hearNextQuestion(page, question)]
}

/** These and nothing else is in the transcript as spoken, each where the learner is heard in the recording. */
async function expectHeard(page: Page, replies: string[]): Promise<void> {
  const { recording, transcript } = await readStoredSession(page)
  const spoken = transcript.segments.filter(
    ({ speaker, text }) => speaker === 'LEARNER' && text !== 'Can you say that again, please?',
  )
  expect(spoken.map(({ text }) => text)).toEqual(replies)
  const response = await page.request.get(recording.url)
  const decoded = await decodeRecording(new Uint8Array(await response.body()).buffer)
  for (const { text, startMs, endMs } of spoken) {
    const [from, to] = [(startMs - recording.startMs) / 1000, (endMs - recording.startMs) / 1000]
    expect(loudness(decoded.left, decoded.sampleRate, from, to), text).toBeGreaterThan(-40)
  }
}
