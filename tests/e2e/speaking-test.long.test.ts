/** A whole speaking test: begun in one browser, gone on with in another, and judged; every answer can be heard afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { decodeRecording, loudness } from '../support/decode-recording.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { signUpOnPage } from '../support/learner-steps.ts'
import { speak } from '../support/learner-voice.ts'
import { say } from '../support/spoken-microphone.ts'
import { inspect, look } from './inspect-page.ts'

let dataFolder: string
let installation: InstallationProcess
let url: string
let browser: Browser
let answer: Buffer

describeWithBrowser('a speaking test', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-test-'))
    installation = startInstallationProcess('bootstrap', { PARLEY_DATA_DIR: dataFolder })
    ;[url, browser, [answer = Buffer.alloc(0)]] = await Promise.all([
      installation.url,
      openBrowser(),
      speak('I usually walk to the shops, and sometimes I take the bus.'),
    ])
  })
  afterAll(async () => {
    await browser?.close()
    await installation?.destroy()
    await rm(dataFolder, { recursive: true, force: true })
  })

  it(
    'is begun, left half-way, gone on with in another browser, finished and judged',
    { timeout: 240_000 },
    async () => {
      const first = await openLearner(browser, url)
      await signUpOnPage(first.page)
      const email = await startTest(first.page)
      await inspect(first.page, 'test-microphone')
      await first.page.getByRole('button', { name: 'Begin' }).click()
      await look(first.page, 'test-waiting')
      for (const task of [1, 2, 3]) await answerTask(first.page, task)
      await first.page.getByText('Task 4 of 6').waitFor()
      await first.page.getByText('Your answers are safe on the server.').waitFor()
      expect(first.faults).toEqual([])
      await first.context.close()

      const { page, faults } = await openLearner(browser, url)
      await signIn(page, email)
      await page.goto('/history')
      await page.getByRole('link', { name: /Speaking test.*Resume/ }).waitFor()
      await page.goto('/tests')
      await page.getByText('3 of 6 tasks').waitFor()
      await look(page, 'test-start-resume')
      await page.getByRole('link', { name: /3 of 6 tasks/ }).click()
      await page.getByRole('button', { name: 'Go on with task 4' }).click()
      await answerTask(page, 4)
      await page.getByText('Task 5 of 6').waitFor()
      await page.getByRole('button', { name: 'Skip for now' }).click()
      await answerTask(page, 6)
      await finishWithoutRest(page)

      await page.getByRole('heading', { name: 'Task by task' }).waitFor()
      expect(page.url()).toContain('/sessions/')
      await expectAnswers(page)
      await page.goto('/history')
      await page.getByRole('link', { name: /Speaking test/ }).waitFor()
      expect(faults).toEqual([])
    },
  )
})

/** Gives the learner's address, to sign in with elsewhere. */
async function startTest(page: Page): Promise<string> {
  await page.getByRole('link', { name: 'Take a speaking test' }).click()
  await page.getByRole('radio', { name: /^B1/ }).check()
  await look(page, 'test-start')
  await page.getByRole('button', { name: 'Start the B1 test' }).click()
  await page.getByText('Say something: the bars should move.').waitFor()
  const query = '{ viewer { email } }'
  const response = await page.request.post('/graphql', { data: { query } })
  return ((await response.json()) as { data: { viewer: { email: string } } }).data.viewer.email
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('a good password')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: /What shall we/ }).waitFor()
}

/** Prepares for no longer than needed, says a sentence, listens, and hands it in. */
async function answerTask(page: Page, task: number): Promise<void> {
  await page.getByText(`Task ${task} of 6`).waitFor()
  await page.getByRole('button', { name: 'Start this task' }).click()
  await page.getByRole('button', { name: 'I’m ready' }).waitFor()
  // The short questions leave no time to look.
  if (task === 4) await look(page, 'test-preparing')
  await page.getByRole('button', { name: 'I’m ready' }).click()
  const stop = page.getByRole('button', { name: 'Stop' })
  await stop.waitFor()
  await say(page, answer)
  if (task === 4) await look(page, 'test-recording')
  await stop.click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect(await page.getByText('We heard nothing.').count()).toBe(0)
  if (task === 4) await look(page, 'test-answer')
  await page.getByRole('button', { name: 'Next' }).click()
}

/** What was skipped is offered again, and left out only after a second question. */
async function finishWithoutRest(page: Page): Promise<void> {
  await page.getByRole('heading', { name: '1 task left' }).waitFor()
  await page.getByRole('button', { name: 'Do task 5' }).waitFor()
  await look(page, 'test-finish')
  await page.getByRole('button', { name: 'Finish the test' }).click()
  await look(page, 'test-finish-asked')
  await page.getByRole('button', { name: 'Yes, finish' }).click()
}

interface StoredTask {
  status: string
  recording: { url: string | null; durationSeconds: number } | null
  metrics: { learnerSpeechSeconds: number } | null
}

/** Five answers with sound, as the page and the server have them; and a judgement. */
async function expectAnswers(page: Page): Promise<void> {
  const results = page.getByRole('article')
  await expect.poll(() => results.count()).toBe(6)
  await results.nth(4).getByText('You did not answer this task.').waitFor()
  await results.first().getByText('You spoke for').waitFor({ timeout: 30_000 })
  await inspect(page, 'test-results')
  const tasks = await readTasks(page)
  expect(tasks.map(({ status }) => status)).toEqual(['DONE', 'DONE', 'DONE', 'DONE', 'SKIPPED', 'DONE'])
  for (const { recording, metrics } of tasks.filter(({ status }) => status === 'DONE')) {
    const response = await page.request.get(recording?.url ?? '')
    const { left, sampleRate, decodedSeconds } = await decodeRecording(new Uint8Array(await response.body()).buffer)
    expect(loudness(left, sampleRate, 0, decodedSeconds)).toBeGreaterThan(-40)
    expect(Math.abs(decodedSeconds - (recording?.durationSeconds ?? 0))).toBeLessThan(0.5)
    expect(metrics?.learnerSpeechSeconds).toBeGreaterThan(1)
  }
  await results.first().getByRole('button', { name: 'Play', exact: true }).click()
  await results.first().getByRole('button', { name: 'Pause', exact: true }).waitFor()
}

async function readTasks(page: Page): Promise<StoredTask[]> {
  const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
  const query = `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { status recording { url durationSeconds } metrics { learnerSpeechSeconds } } } } }`
  const response = await page.request.post('/graphql', { data: { query, variables: { id } } })
  return ((await response.json()) as { data: { session: { tasks: StoredTask[] } } }).data.session.tasks
}
