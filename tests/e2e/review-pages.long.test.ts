/** The review of a session with much, with little and with nothing: readable by everyone at every width, under the page's real policy. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { toWav } from '../support/learner-voice.ts'
import { signUpOnPage } from '../support/learner-steps.ts'
import type { TestResultsQuery } from '../../web/gql/documents.ts'
import { line, toReview } from '../web/support/review-session.ts'
import { toResultRecording, toResults, toResultTask } from '../web/support/speaking-test.ts'
import { inspect } from './inspect-page.ts'
import { type ReviewAnswer, toEmptyAnswer, toRichAnswer, toSparseAnswer } from './review-answers.ts'

let dataFolder: string
let installation: InstallationProcess
let browser: Browser
let page: Page
let faults: string[]

describeWithBrowser('the review page', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-review-pages-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    const [url, opened] = await Promise.all([installation.url, openBrowser()])
    browser = opened
    ;({ page, faults } = await openLearner(browser, url))
    await signUpOnPage(page)
  })
  afterAll(async () => {
    await browser?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it('with much: a waveform, feedback whose quotes play, and numbers', { timeout: 240_000 }, async () => {
    await open(await toRichAnswer())
    const wave = page.locator('.waveform__picture canvas').first()
    await wave.waitFor()
    await inspect(page, 'review-rich')
    await page
      .getByRole('region', { name: 'What to change next' })
      .getByRole('button', { name: /Play at/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const line = page.locator('.line[data-current="true"]')
    expect(await line.getAttribute('data-speaker')).toBe('LEARNER')
    await page.getByText('More numbers').click()
    await page.getByText('What is this?').first().click()
    await inspect(page, 'review-rich-open')
    // Where a hand presses the waveform is where the sound goes.
    const box = await page.locator('.player__line').boundingBox()
    if (!box) throw new Error('There is no waveform')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    const slider = page.getByRole('slider', { name: 'Position' })
    const [value, most] = [Number(await slider.inputValue()), Number(await slider.getAttribute('max'))]
    expect(Math.abs(value / most - 0.5)).toBeLessThan(0.01)
    expect(faults).toEqual([])
  })

  it('on paper: words and numbers, without buttons', { timeout: 240_000 }, async () => {
    await open(await toRichAnswer())
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    expect(await page.locator('.player').isVisible()).toBe(false)
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Get new feedback' }).isVisible()).toBe(false)
    expect(await page.getByText('This was counted, not read').isVisible()).toBe(true)
    expect(await page.locator('.line').last().isVisible()).toBe(true)
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)')
    await page.emulateMedia({ media: null, colorScheme: 'light' })
  })

  it('with little and with nothing: why, and what to do', { timeout: 240_000 }, async () => {
    await open(await toSparseAnswer())
    await page.getByText(/You are hard to hear/).waitFor()
    await inspect(page, 'review-sparse')
    await open(toEmptyAnswer())
    await page.getByText(/nothing was said that could be judged/).waitFor()
    await inspect(page, 'review-none')
    const rich = await toRichAnswer()
    await open({ ...rich, evaluation: null, evaluationStatus: 'PENDING' })
    await page.getByText('Your feedback is next').waitFor()
    await inspect(page, 'review-pending')
    await open({
      ...rich,
      recording: rich.recording && { ...rich.recording, url: null, prunedAt: '2026-10-01T12:00:00Z' },
    })
    await page.getByText(/The recording was removed on/).waitFor()
    await inspect(page, 'review-pruned')
    expect(faults).toEqual([])
  })

  it(
    'of a test: where the writing down of each answer stands, and what can be done',
    { timeout: 240_000 },
    async () => {
      await open(speakingTest, toResults(taskStates))
      await page.getByText('The transcription service did not answer.').first().waitFor()
      await inspect(page, 'review-task-states')
      await open(speakingTest, toResults(taskStates.slice(4), false))
      await page.getByRole('article').first().waitFor()
      await inspect(page, 'review-task-without-transcription')
      expect(faults).toEqual([])
    },
  )
})

const { talk: _talk, topic: _topic, ...ended } = toReview({ title: 'Getting around', mode: 'SPEAKING_TEST' }, [])
const speakingTest: ReviewAnswer = { ...ended, __typename: 'SpeakingTest' }
const failure = (message: string, retryable: boolean) => ({
  __typename: 'Failure' as const,
  code: 'TRANSCRIPTION_FAILED',
  message,
  retryable,
  at: '2026-11-20T10:06:00.000Z',
})
const written = [line(2, { text: 'I take the bus to the library, and then I walk.', source: 'RECOGNISED' })]
const taskStates = [
  toResultTask(1, { segments: written }),
  toResultTask(2, { recording: toResultRecording(2, { transcriptionStatus: 'PENDING' }) }),
  toResultTask(3, { recording: toResultRecording(3, { transcriptionStatus: 'PROCESSING' }) }),
  toResultTask(4, {
    recording: toResultRecording(4, {
      transcriptionStatus: 'FAILED',
      transcriptionFailure: failure('The transcription service did not answer.', true),
    }),
  }),
  toResultTask(5, { recording: toResultRecording(5, { transcriptionStatus: 'NONE' }) }),
  toResultTask(6, {
    recording: toResultRecording(6, {
      quality: 'PENDING',
      measureFailure: failure('The recording could not be read.', true),
    }),
  }),
  toResultTask(7, { status: 'SKIPPED', recording: null }),
]

/** As if the server had this session; its sound is silence of the same length. */
async function open(session: ReviewAnswer, results?: TestResultsQuery): Promise<void> {
  await page.unrouteAll()
  await page.route('**/graphql', async (route) => {
    const { operationName } = route.request().postDataJSON() as { operationName?: string }
    const answers: Record<string, unknown> = { SessionReview: { session }, TestResults: results }
    const data = answers[operationName ?? '']
    return data ? route.fulfill({ json: { data } }) : route.fallback()
  })
  const seconds = session.recording?.durationSeconds ?? 0
  const sound = toWav(new Int16Array(Math.round(24_000 * seconds)))
  await page.route('**/blobs/**', (route) => {
    const range = /bytes=(\d+)-(\d*)/.exec(route.request().headers()['range'] ?? '')
    const from = Number(range?.[1] ?? 0)
    const to = range?.[2] ? Number(range[2]) : sound.length - 1
    const headers = { 'accept-ranges': 'bytes', 'content-range': `bytes ${from}-${to}/${sound.length}` }
    return route.fulfill({ status: 206, contentType: 'audio/wav', headers, body: sound.subarray(from, to + 1) })
  })
  await page.goto('/sessions/1')
  await page.getByRole('heading', { name: 'Feedback', exact: true }).waitFor()
}
