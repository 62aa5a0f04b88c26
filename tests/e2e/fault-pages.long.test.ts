/** What a learner sees when something goes wrong: each message is there when it should be, readable at every width, and gone when it is mended. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startVoice, type Voice } from '../../server/partner/voice/voice.ts'
import { openBrowser } from '../support/browser.ts'
import { describeWithBrowser } from '../support/browser-skip.ts'
import {
  addFaultyMicrophone,
  closeDataChannel,
  type PageNews,
  refuseMicrophone,
  unplugMicrophone,
} from '../support/faulty-microphone.ts'
import { type InstallationProcess, startInstallationProcess } from '../support/installation-process.ts'
import { pickTopic, readStoredSession, signUpOnPage } from '../support/learner-steps.ts'
import { say } from '../support/spoken-microphone.ts'
import { inspect } from './inspect-page.ts'
import { hearNextQuestion, hearQuestion, plainReplies, toSpeech } from './talk.ts'

let dataFolder: string
let installation: InstallationProcess
let browser: Browser
let voice: Voice

describeWithBrowser('the messages of faults', () => {
  beforeAll(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'parley-fault-pages-'))
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

  it('tell at the microphone check what stands in the way', { timeout: 240_000 }, async () => {
    const { page } = await openFaultyPage()
    const refusals = [
      ['NotAllowedError', 'The microphone is blocked.', 'denied'],
      ['NotFoundError', 'No microphone was found.', 'absent'],
      ['NotReadableError', 'The microphone is in use by another program.', 'in-use'],
    ] as const
    for (const [refusal, happened, name] of refusals) {
      await page.goto('/practise')
      await refuseMicrophone(page, refusal)
      await pickTopic(page, 'Getting to know you')
      await page.getByText(happened).waitFor()
      await inspect(page, `fault-microphone-${name}`)
    }
    await refuseMicrophone(page, null)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByText('We hear nothing from this microphone.').waitFor()
    await inspect(page, 'fault-microphone-silent')
  })

  it(
    'help to another microphone in the middle, and the recording goes on across the change',
    {
      timeout: 240_000,
    },
    async () => {
      const { page } = await openFaultyPage()
      const hello = await startTalk(page)
      await page.getByText('We hear nothing from your microphone.').waitFor()
      await inspect(page, 'fault-live-silent')
      await page.getByRole('button', { name: 'Choose a microphone', exact: true }).last().click()
      const choice = page.getByLabel('Microphone', { exact: true })
      const former = await choice.inputValue()
      const others = await choice
        .locator('option')
        .evaluateAll((options) => options.map((each) => each.getAttribute('value')))
      await choice.selectOption(others.find((value) => value !== former && value !== '') ?? '')
      await expect.poll(() => choice.inputValue()).not.toBe(former)
      await inspect(page, 'live-microphone-choice')
      await say(page, await toSpeech(voice, await plainReplies(page).first().innerText()))
      const second = await hearNextQuestion(page, hello)
      await unplugMicrophone(page)
      await page.getByText(/The microphone is gone/).waitFor()
      await inspect(page, 'fault-live-microphone-gone')
      await refuseMicrophone(page, 'NotReadableError')
      await page.getByRole('button', { name: 'Use another microphone' }).click()
      await page.getByText('Another program holds this microphone.').waitFor()
      await inspect(page, 'fault-live-microphone-held')
      await refuseMicrophone(page, null)
      await page.getByRole('button', { name: 'Use another microphone' }).click()
      await page.getByRole('button', { name: 'Use another microphone' }).waitFor({ state: 'detached' })
      await say(page, await toSpeech(voice, await plainReplies(page).first().innerText()))
      await hearNextQuestion(page, second)
      await page.getByRole('button', { name: 'End', exact: true }).click()
      await page.getByText(/^Saved\./).waitFor()
      const { transcript, recording } = await readStoredSession(page)
      expect(transcript.segments.filter(({ speaker }) => speaker === 'LEARNER')).toHaveLength(2)
      const lastMs = Math.max(...transcript.segments.map(({ endMs }) => endMs))
      expect(recording.durationSeconds * 1_000).toBeGreaterThan(lastMs - recording.startMs - 2_000)
    },
  )

  it('let one without a microphone type, and talk once there is one', { timeout: 240_000 }, async () => {
    const tiers: unknown[] = []
    const { page } = await openFaultyPage((news) => news.kind === 'event' && tiers.push(...readTiers(news.data)))
    await page.goto('/practise')
    await refuseMicrophone(page, 'NotFoundError')
    await pickTopic(page, 'Getting to know you')
    await page.getByRole('button', { name: 'Start without a microphone' }).click()
    const hello = await hearQuestion(page)
    expect(tiers).toEqual([5])
    await page.getByText('Without a microphone: you type, your partner speaks').waitFor()
    await plainReplies(page).first().click()
    await hearNextQuestion(page, hello)
    await inspect(page, 'live-typed-only')
    await refuseMicrophone(page, null)
    await page.getByRole('button', { name: 'Choose a microphone', exact: true }).click()
    await page.getByLabel('Microphone', { exact: true }).selectOption({ index: 1 })
    await page.getByText('Guided: your partner understands the reply cards').waitFor()
    const again = await hearQuestion(page)
    expect(tiers).toEqual([5, 3])
    await say(page, await toSpeech(voice, await plainReplies(page).first().innerText()))
    await hearNextQuestion(page, again)
  })

  it('say while the network is away that all is kept, until it is saved', { timeout: 240_000 }, async () => {
    const { page, context } = await openFaultyPage()
    await startTalk(page)
    const mend = await refuseRequests(page, ['MintClientSecret'])
    await closeDataChannel(page)
    await page.getByText('The call was cut off.').waitFor()
    await page.getByText(/Next try in/).waitFor()
    await inspect(page, 'fault-live-cut-off')
    await context.setOffline(true)
    await page.getByText('You are offline.').waitFor()
    await inspect(page, 'fault-live-offline')
    await mend()
    await page.getByRole('button', { name: 'End', exact: true }).click()
    await page.getByRole('heading', { name: 'Not saved yet' }).waitFor()
    await inspect(page, 'fault-saving-offline')
    await page.route(isUpload, (route) => route.fulfill({ status: 503, body: 'busy' }))
    await context.setOffline(false)
    await page.getByText('The store did not take the recording (503).').waitFor()
    await inspect(page, 'fault-saving-refused')
    await page.unroute(isUpload)
    await tryNow(page)
  })

  it(
    'say that there is no room on the device, that the server closed the talk, and what was kept of an earlier one',
    {
      timeout: 240_000,
    },
    async () => {
      const { page, context } = await openFaultyPage()
      page.on('dialog', (dialog) => void dialog.accept())
      await startTalk(page)
      const mendEnd = await refuseRequests(page, ['EndSession'])
      await page.reload()
      await page.goto('/practise')
      await page.getByText(/We kept .* of “Getting to know you”/).waitFor()
      await page.getByRole('button', { name: 'Finish saving' }).waitFor()
      await inspect(page, 'fault-kept')
      await mendEnd()
      await page.getByRole('button', { name: 'Finish saving' }).click()
      await page.getByText(/now it is saved\./).waitFor()
      await inspect(page, 'fault-kept-saved')

      await startTalk(page, 'Getting to know you')
      const session = await context.newCDPSession(page)
      await session.send('Storage.overrideQuotaForOrigin', { origin: await installation.url, quotaSize: 1_000 })
      await page.getByText('This device has no room left to keep the recording.').waitFor()
      await inspect(page, 'fault-live-no-room')
      await page.route(isUpload, (route) => route.fulfill({ status: 503, body: 'busy' }))
      await page.route('**/graphql', closeSession)
      await closeDataChannel(page)
      await page.getByText(/The server had closed this conversation/).waitFor()
      await page.getByText('The store did not take the recording (503).').waitFor()
      await inspect(page, 'fault-closed-by-server')
      await page.unrouteAll()
      await tryNow(page)
      await inspect(page, 'fault-closed-saved')
      // Not a second of what the disk had no room for is missing.
      const { recording, transcript } = await readStoredSession(page)
      const lastMs = Math.max(...transcript.segments.map(({ endMs }) => endMs))
      expect(recording.durationSeconds * 1_000).toBeGreaterThan(lastMs - recording.startMs - 2_000)
    },
  )
})

/** It may be saved by itself just then: there is nothing left to press. */
async function tryNow(page: Page): Promise<void> {
  const saved = page.getByText(/^Saved\./)
  const button = page.getByRole('button', { name: 'Try now' })
  await button.or(saved).first().waitFor()
  await Promise.any([button.click(), saved.waitFor()])
  await saved.waitFor()
}

/** What the partner says of itself at the beginning of a call. */
function readTiers(data: string): unknown[] {
  const event = JSON.parse(data) as { type: string; session?: { parley?: { tier?: unknown } } }
  return event.type === 'session.created' ? [event.session?.parley?.tier] : []
}

async function openFaultyPage(
  onNews: (news: PageNews) => void = () => undefined,
): Promise<{ context: BrowserContext; page: Page }> {
  const viewport = { width: 1280, height: 900 }
  const context = await browser.newContext({ baseURL: await installation.url, permissions: ['microphone'], viewport })
  await addFaultyMicrophone(context, onNews)
  const page = await context.newPage()
  await signUpOnPage(page)
  return { context, page }
}

/** Until the first question was asked; gives it. */
async function startTalk(page: Page, title = 'Getting to know you'): Promise<string> {
  await page.goto('/practise')
  await pickTopic(page, title)
  await page.getByText('Say something: the bars should move.').waitFor()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  return hearQuestion(page)
}

function isUpload(url: URL): boolean {
  return url.pathname.startsWith('/blobs')
}

/** These operations find no server; the rest does. Gives the way to mend it. */
async function refuseRequests(page: Page, operations: readonly string[]): Promise<() => Promise<void>> {
  const refuse = (route: Route): Promise<void> =>
    operations.includes(operationOf(route)) ? route.abort() : route.fallback()
  await page.route('**/graphql', refuse)
  return () => page.unroute('**/graphql', refuse)
}

/** As a server answers that has ended the session in the meantime. */
function closeSession(route: Route): Promise<void> {
  if (operationOf(route) !== 'KeepAlive') return route.fallback()
  const keepAlive = { __typename: 'SessionNotActiveFault', code: 'SESSION_NOT_ACTIVE', message: 'It has ended.' }
  return route.fulfill({ json: { data: { keepAlive } } })
}

function operationOf(route: Route): string {
  const body = route.request().postDataJSON() as { operationName?: string } | null
  return body?.operationName ?? ''
}
