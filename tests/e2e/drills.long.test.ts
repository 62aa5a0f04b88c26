/**
 * Interview practice from end to end: a pack is brought in and put to use, its questions are answered in writing and aloud, and each
 * answer gets its score card; where nothing can write down what was said, the learner does.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, openLearner } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { signUpOnPage } from '../support/learner-steps.ts'
import { speak } from '../support/learner-voice.ts'
import { say } from '../support/spoken-microphone.ts'
import { startTranscriptionService, type TranscriptionService } from '../transcription/transcription-service.ts'
import { inspect, look } from './inspect-page.ts'

const weakAnswer =
  'I think it is a good job and I need a job at the moment. I am flexible, and I like to work with people and stuff ' +
  'like that. Maybe I can learn some things here, I do not know.'
const strongAnswer =
  'I would like to work in your bakery, because I am happiest when I make something in the morning and see people eat ' +
  'it the same day. For the past year I worked behind the counter of a supermarket bakery, so I know the till and a ' +
  'long queue at eight in the morning. At home I began to bake, and on Sundays I sell ten loaves to my neighbours. What ' +
  'I can bring you is that I am never late for an early shift and that I stay friendly when the shop is full.'
/** Just enough to be judged: it is said in real time. */
const spokenAnswer =
  'I want this job because I enjoy baking. Last year I worked in a bakery, and I sold bread to forty customers every ' +
  'morning. I can bring you patience and early hours.'

/** On a busy machine; else each takes some twenty seconds. */
const timeout = 240_000

let folder: string
let databases: TestDatabase[]
/** One that has no key and no speech model, and one that a service writes down speech for. */
let keyless: InstallationProcess
let listening: InstallationProcess
let service: TranscriptionService
let browser: Browser
let voice: Buffer
/** The first account of the one without a key. */
let administrator: Awaited<ReturnType<typeof openLearner>>

describeWithBrowser('interview practice', () => {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'parley-drills-'))
    const own = [await createTestDatabase(), await createTestDatabase()] as const
    databases = [...own]
    const [environment, other] = own.map((database, index) => ({
      PARLEY_DATA_DIR: path.join(folder, String(index)),
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
    }))
    service = await startTranscriptionService()
    service.answers = [{ status: 200, body: { text: spokenAnswer } }]
    keyless = startInstallationProcess('bootstrap', { ...environment })
    listening = startInstallationProcess('main', { ...other, OPENAI_BASE_URL: service.baseUrl, OPENAI_API_KEY: 'key' })
    ;[browser, [voice = Buffer.alloc(0)]] = await Promise.all([openBrowser(), speak(spokenAnswer)])
    administrator = await openLearner(browser, await keyless.url)
    await signUpOnPage(administrator.page)
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([keyless?.destroy(), listening?.destroy()])
    await service?.close()
    for (const database of databases ?? []) await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it(
    'begins with a pack: its faults are shown at their place, and once it is mended everyone drills it',
    { timeout },
    async () => {
      const { page, faults } = administrator
      await page.goto('/packs')
      await page.getByRole('region', { name: 'Job interviews' }).getByText('Active', { exact: true }).waitFor()
      const { version, prompt, broken, mended, lineOf } = await makeNextVersion()

      await chooseFile(page, broken)
      await page.getByText('pack.json was not brought in: 3 faults.').waitFor()
      const list = page.getByRole('list', { name: 'Faults in the file' })
      for (const place of ['metadata.categories', 'questions[0].category', 'questions[1].prompt']) {
        const fault = list.getByRole('listitem').filter({ has: page.getByText(place, { exact: true }) })
        await fault.getByText(`Line ${lineOf(place)}`, { exact: true }).waitFor()
      }
      await inspect(page, 'packs-faults')

      await chooseFile(page, mended)
      await page.getByText(`“Job interviews” ${version} is here.`).waitFor()
      await page.getByRole('button', { name: 'Compare versions' }).click()
      await page.getByText('0 added, 0 removed, 1 changed, 39 the same').waitFor()
      await look(page, 'packs-compare')
      await page.getByRole('button', { name: `Activate Job interviews ${version}` }).click()
      await page.getByText(`“Job interviews” ${version} replaces “Job interviews” 1.`).waitFor()
      await page.getByRole('button', { name: 'Yes, activate' }).click()
      await page.getByRole('button', { name: 'Yes, activate' }).waitFor({ state: 'detached' })
      await page.getByRole('link', { name: 'Interview', exact: true }).click()
      await page.getByRole('link', { name: prompt }).waitFor()
      expect(faults).toEqual([])
    },
  )

  it('has written answers scored, and tells at the second attempt what has changed', { timeout }, async () => {
    const { page, faults } = await openLearner(browser, await keyless.url)
    await signUpOnPage(page)
    await page.getByRole('link', { name: 'Interview', exact: true }).click()
    await page.getByRole('link', { name: question }).waitFor()
    await inspect(page, 'drills')
    await page.getByRole('link', { name: question }).click()
    await page.getByRole('button', { name: 'Answer this question' }).waitFor()
    await look(page, 'drill-question')
    await page.getByRole('button', { name: 'Answer this question' }).click()
    await page.getByRole('button', { name: /^Write/ }).waitFor()
    await inspect(page, 'drill-start')
    await write(page, weakAnswer)
    const first = await readScore(page)
    await look(page, 'drill-score')
    expect(await page.getByRole('region', { name: 'Since your last attempt' }).count()).toBe(0)

    await page.getByRole('button', { name: 'Answer it again' }).click()
    await page.getByRole('button', { name: /^Write/ }).waitFor()
    await write(page, strongAnswer)
    const second = await readScore(page)
    expect(second).toBeGreaterThan(first)
    const since = page.getByRole('region', { name: 'Since your last attempt' })
    expect(await since.innerText()).toMatch(new RegExp(`${first}\\D+${second}`))
    const attempts = page.getByRole('region', { name: 'Your attempts' })
    await attempts.getByRole('link', { name: new RegExp(`${first} of 100`) }).waitFor()
    await attempts.getByRole('link', { name: new RegExp(`this one.*${second} of 100`, 's') }).waitFor()
    await inspect(page, 'drill-score-again')

    await page.getByRole('link', { name: 'Another question' }).click()
    await page.getByRole('link', { name: new RegExp(`2 attempts.*Best ${second} of 100`, 's') }).waitFor()
    await page.goto('/history')
    await page.getByRole('link', { name: new RegExp(`Interview question.*${second} of 100`, 's') }).waitFor()
    expect(faults).toEqual([])
  })

  it(
    'where nothing can write down speech: says so, keeps the recording, and scores the words that are typed',
    { timeout },
    async () => {
      const { page, faults } = await openLearner(browser, await keyless.url)
      await signUpOnPage(page)
      await page.goto('/drills')
      await page.getByRole('link', { name: question }).click()
      await answerAloud(page)
      await page.getByText('Your answer is safe.').waitFor()
      expect(await page.getByRole('heading', { name: /of 100/ }).count()).toBe(0)
      await inspect(page, 'drill-unheard')
      await page
        .getByRole('region', { name: 'What you said' })
        .getByRole('button', { name: 'Play', exact: true })
        .click()
      await page.getByLabel('Your words').fill(spokenAnswer)
      await page.getByRole('button', { name: 'Add my words' }).click()
      await readScore(page)
      await page.getByText('Typed by you afterwards.').waitFor()
      expect(faults).toEqual([])
    },
  )

  it('where a service writes down speech: scores what was said, with its pace', { timeout }, async () => {
    service.requests.length = 0
    const { page, faults } = await openLearner(browser, await listening.url)
    await signUpOnPage(page)
    await page.goto('/drills')
    await page.getByRole('link', { name: question }).click()
    await answerAloud(page)
    await readScore(page)
    await page.getByText(/\d words · \d+ s · \d+ words a minute/).waitFor()
    await page.getByRole('region', { name: 'What you said' }).getByText(spokenAnswer).waitFor()
    await look(page, 'drill-score-spoken')
    expect(service.requests).toHaveLength(1)
    expect(service.requests[0]?.samples.some((sample) => Math.abs(sample) > 1_000)).toBe(true)
    expect(faults).toEqual([])
  })
})

/** Of every version of the pack. */
const question = /Why do you want this job/

interface NextVersion {
  version: string
  /** Of the question that is another one in it. */
  prompt: string
  broken: string
  mended: string
  /** In the broken file, from 1. */
  lineOf: (place: string) => number
}

let versions = 0

/** The shipped pack with another question, once with three faults in it and once without. */
async function makeNextVersion(): Promise<NextVersion> {
  const pack = JSON.parse(await readFile('db/seed/content-packs/job-interview.json', 'utf8'))
  versions += 1
  const version = `1.${versions}.0`
  const prompt = `Why do you want this job, as you asked for it in ${2020 + versions}?`
  pack.version = version
  pack.questions.find(({ id }: { id: string }) => id === 'why-this-job').prompt = prompt
  const mended = JSON.stringify(pack, null, 2)
  const [first, second] = pack.questions
  Object.assign(first, { category: 'No such category' })
  Object.assign(second, { prompt: '' })
  pack.metadata.categories.push('One too many')
  const broken = JSON.stringify(pack, null, 2)
  const lines = broken.split('\n')
  const marks: Record<string, string> = {
    'metadata.categories': '"categories": [',
    'questions[0].category': '"category": "No such category"',
    'questions[1].prompt': '"prompt": ""',
  }
  return {
    version,
    prompt,
    broken,
    mended,
    lineOf: (place) => lines.findIndex((line) => line.includes(marks[place] ?? '')) + 1,
  }
}

async function chooseFile(page: Page, json: string): Promise<void> {
  const file = { name: 'pack.json', mimeType: 'application/json', buffer: Buffer.from(json) }
  await page.getByLabel('Pack file').setInputFiles(file)
}

async function write(page: Page, answer: string): Promise<void> {
  await page.getByRole('button', { name: /^Write/ }).click()
  await page.getByLabel('Your answer in writing').fill(answer)
  await page.getByRole('button', { name: 'Hand in' }).click()
}

/** From the question to the answer that is handed in, after it was heard. */
async function answerAloud(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Answer this question' }).click()
  await page.getByRole('button', { name: /^Speak/ }).click()
  await page.getByRole('button', { name: 'Start recording' }).click()
  const stop = page.getByRole('button', { name: 'Stop' })
  await stop.waitFor()
  await say(page, voice)
  await stop.click()
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
  expect(await page.getByText('We heard nothing.').count()).toBe(0)
  await page.getByRole('button', { name: 'Hand in' }).click()
}

/** Waits for the score card and gives the score: seven categories, one to three changes, and a rule. */
async function readScore(page: Page): Promise<number> {
  const card = page.getByRole('region', { name: /of 100/ })
  await card.waitFor({ timeout: 60_000 })
  await card.getByRole('heading', { name: /What your answer shows: \d of 7/ }).waitFor()
  expect(await card.getByText(/^(Shown|Missing)$/).count()).toBe(7)
  const changes = await card.getByRole('region', { name: 'What to change next' }).getByRole('listitem').count()
  expect(changes).toBeGreaterThan(0)
  expect(changes).toBeLessThanOrEqual(3)
  expect(await card.getByRole('region', { name: 'Rule to practise by' }).innerText()).toMatch(/\.$/)
  return Number.parseInt(await card.getByRole('heading', { name: /of 100/ }).innerText(), 10)
}
