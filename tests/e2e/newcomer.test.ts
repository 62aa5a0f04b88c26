/** The newcomer's path, whole: an empty machine, a real browser, real voices, and everything still there after a restart. */
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
import { findRealSpeech } from '../support/learner-voice.ts'
import { say } from '../support/spoken-microphone.ts'
import { hearNextQuestion, hearQuestion, plainReplies, toSpeech } from './talk.ts'

/** The conversation's lines in their order: the partner's question, the learner's reply, and so on. */
type Lines = string[]

let dataFolder: string
let installation: InstallationProcess
let url: string
let browser: Browser
let voice: Voice

describeWithBrowser('the newcomer', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-newcomer-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    ;[url, browser] = await Promise.all([installation.url, openBrowser()])
    voice = startVoice()
  })
  afterAll(async () => {
    await browser?.close()
    await voice?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it('signs up, talks, sees every word live in two windows, and finds it all again', { timeout: 240_000 }, async () => {
    const { context, page, faults } = await openLearner(browser, url)
    await signUpOnPage(page)
    await pickTopic(page, 'Getting to know you')
    await checkMicrophone(page)

    const startedAt = Date.now()
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    const secondWindow = await context.newPage()
    await secondWindow.goto('/history')
    const row = secondWindow.getByRole('link', { name: /Getting to know you/ })
    await row.getByText(/^1 line$/).waitFor()
    const rest = await openSessionInThirdWindow(context.newPage(), await row.getAttribute('href'))

    const captions = page.getByRole('region', { name: 'Live captions' })
    const lines: Lines = [await hearQuestion(page)]
    await sayOther(page)
    for (let turn = 1; turn <= 2; turn += 1) {
      const former = await hearQuestion(page)
      const reply = await plainReplies(page).first().innerText()
      await say(page, await toSpeech(voice, reply))
      await captions.getByText(reply, { exact: true }).waitFor()
      await rest.getByRole('list', { name: 'Transcript' }).getByText(reply, { exact: true }).waitFor()
      lines.push(reply, await hearNextQuestion(page, former))
    }
    const linesBefore = await row.getByText(/^\d+ lines$/).innerText()
    expect(Number.parseInt(linesBefore, 10)).toBeGreaterThanOrEqual(5)

    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByText(/^Saved\./).waitFor()
    const lengthSeconds = (Date.now() - startedAt) / 1000
    expect(page.url()).toContain('/sessions/')

    await expectReview(page, lines)
    // Feedback comes by itself: of so little speech, why there is none.
    await page
      .getByRole('region', { name: 'Feedback' })
      .getByText(/too little/i)
      .waitFor()
    await expectRecording(page, lengthSeconds)
    await row
      .getByText(/^\d+ (min|s)/)
      .first()
      .waitFor()

    expect(faults).toEqual([])
    const reviewPath = new URL(page.url()).pathname
    await page.close()
    await restart()
    const later = await context.newPage()
    await later.goto(url + reviewPath)
    await expectReview(later, lines)
    await later.getByRole('link', { name: 'History' }).first().click()
    await later.getByRole('link', { name: /Getting to know you/ }).waitFor()
  })
})

/** With a real learner's voice where there is one. */
async function checkMicrophone(page: Page): Promise<void> {
  await page.getByText('Say something: the bars should move.').waitFor()
  const [speech] = await findRealSpeech()
  await say(page, speech ?? (await toSpeech(voice, 'One, two, three. Can you hear me now?')))
  await page.getByText('We can hear you.').waitFor()
}

async function openSessionInThirdWindow(opening: Promise<Page>, href: string | null): Promise<Page> {
  const page = await opening
  await page.goto(href ?? '/')
  return page
}

/** A real learner reads something that is on no card: the partner says that it did not catch it, and nothing is put into the learner's mouth. */
async function sayOther(page: Page): Promise<void> {
  const [speech] = (await findRealSpeech()).slice(1)
  if (!speech) return
  const partnerLines = page.locator('[data-speaker="PARTNER"]')
  const before = await partnerLines.count()
  await say(page, speech)
  await expect.poll(() => partnerLines.count(), { timeout: 30_000 }).toBeGreaterThan(before)
  expect(await page.locator('[data-speaker="LEARNER"]').count()).toBe(0)
  await hearPartnerOut(page)
}

async function expectReview(page: Page, lines: Lines): Promise<void> {
  const transcript = page.getByRole('list', { name: 'Transcript' })
  const [reply = ''] = lines.slice(1)
  await transcript.getByText(lines.at(-1) ?? '').waitFor()
  const said = (await transcript.getByRole('listitem').allInnerTexts()).join('\n')
  const places = lines.map((words) => said.indexOf(words))
  expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true)

  await transcript.getByRole('button').filter({ hasText: reply }).click()
  const startSeconds = await lineSeconds(page, reply)
  const position = page.getByRole('slider', { name: 'Position' })
  await page.getByRole('button', { name: 'Pause', exact: true }).waitFor()
  await expect.poll(async () => Number(await position.inputValue())).toBeGreaterThan(startSeconds - 0.6)
  await transcript.locator('[aria-current="true"]').filter({ hasText: reply }).waitFor()
}

/** Where a line starts, by the transcript that the server holds. */
async function lineSeconds(page: Page, words: string): Promise<number> {
  const { transcript } = await readStoredSession(page)
  return (transcript.segments.find((segment) => segment.text === words)?.startMs ?? Number.NaN) / 1000
}

/** Both voices are there, each on its own channel, where the transcript says. */
async function expectRecording(page: Page, lengthSeconds: number): Promise<void> {
  const { recording, transcript } = await readStoredSession(page)
  expect(transcript.segments.map((segment) => segment.sequence)).toEqual(
    transcript.segments.map((_, index) => index + 1),
  )
  const response = await page.request.get(recording.url)
  const decoded = await decodeRecording(new Uint8Array(await response.body()).buffer)
  expect(Math.abs(decoded.decodedSeconds - decoded.containerSeconds)).toBeLessThan(0.5)
  expect(Math.abs(decoded.decodedSeconds - recording.durationSeconds)).toBeLessThan(0.5)
  // From Start to "saved" the clock also counts connecting and saving.
  expect(decoded.decodedSeconds).toBeGreaterThan(lengthSeconds - 10)
  expect(decoded.decodedSeconds).toBeLessThan(lengthSeconds + 1)
  for (const segment of transcript.segments) {
    const [from, to] = [segment.startMs - recording.startMs, segment.endMs - recording.startMs].map((ms) =>
      Math.max(0, ms / 1000),
    )
    const [own, other] = segment.speaker === 'LEARNER' ? [decoded.left, decoded.right] : [decoded.right, decoded.left]
    const end = Math.min(to ?? 0, decoded.decodedSeconds)
    const levels = {
      own: loudness(own, decoded.sampleRate, from ?? 0, end),
      other: loudness(other, decoded.sampleRate, from ?? 0, end),
    }
    expect(levels.own, `${segment.speaker} is heard saying "${segment.text}"`).toBeGreaterThan(-40)
    expect(levels.own - levels.other, `only ${segment.speaker} speaks during "${segment.text}"`).toBeGreaterThan(10)
  }
}

/** As a user would: Ctrl-C, then `npm start` on the same data and port. */
async function restart(): Promise<void> {
  const port = new URL(url).port
  installation.pressControlC()
  expect(await installation.exitCode).toBe(0)
  installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder, PORT: port })
  url = await installation.url
}
