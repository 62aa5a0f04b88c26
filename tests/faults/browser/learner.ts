/** A learner at a browser: talks, answers, ends, comes back, and remembers what was really said. */
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Voice } from '../../../server/partner/voice/voice.ts'
import { hearQuestion, plainReplies, toSpeech } from '../../e2e/talk.ts'
import { addFaultyMicrophone } from '../../support/faulty-microphone.ts'
import { pickTopic } from '../../support/learner-steps.ts'
import { say } from '../../support/spoken-microphone.ts'
import { Heard } from './heard.ts'
import { findLosses, type Losses } from './losses.ts'
import type { Stage } from './stage.ts'

export const topicTitle = 'Getting to know you'

/** The cookies of one account, made once: each learner of a file is the same person in a fresh browser. */
export type Account = Awaited<ReturnType<BrowserContext['storageState']>>

/** What the button "Repeat" says in the learner's name. */
const askAgain = 'Can you say that again, please?'
/** A partner that has not answered by then has not heard it. */
const answerMs = 12_000

let emails = 0

export async function makeAccount(browser: Browser, stage: Stage): Promise<Account> {
  const context = await browser.newContext({ baseURL: stage.url })
  const page = await context.newPage()
  emails += 1
  await page.goto('/')
  await page.getByLabel('Name').fill('Ana')
  await page.getByLabel('Email').fill(`ana-${emails}@example.org`)
  await page.getByLabel('Password').fill('a good password')
  await page.getByRole('button', { name: /create/i }).click()
  await page.getByRole('heading', { name: /What shall we/ }).waitFor()
  const account = await context.storageState()
  await context.close()
  return account
}

export class Learner {
  readonly stage: Stage
  readonly context: BrowserContext
  readonly heard: Heard
  readonly #voice: Voice
  page: Page
  /** Of the conversation that was started last. */
  sessionId = ''

  constructor(stage: Stage, context: BrowserContext, page: Page, voice: Voice, heard: Heard) {
    this.heard = heard
    this.stage = stage
    this.context = context
    this.page = page
    this.#voice = voice
  }

  static async open(stage: Stage, browser: Browser, account: Account, voice: Voice): Promise<Learner> {
    const context = await browser.newContext({
      baseURL: stage.url,
      permissions: ['microphone'],
      viewport: { width: 1280, height: 900 },
      storageState: account,
    })
    return Learner.arrive(stage, context, voice)
  }

  /** `heard` goes on from an earlier visit. */
  static async arrive(stage: Stage, context: BrowserContext, voice: Voice, heard = new Heard()): Promise<Learner> {
    const page = await context.newPage()
    const learner = new Learner(stage, context, page, voice, heard)
    await addFaultyMicrophone(context, learner.heard.add)
    return learner
  }

  async goToCheck(): Promise<void> {
    await this.page.goto('/practise')
    await pickTopic(this.page, topicTitle)
  }

  /** Until the partner has asked its first question. */
  async startTalk(): Promise<void> {
    await this.goToCheck()
    await this.page.getByText('Say something: the bars should move.').waitFor()
    await this.pressStart()
    await hearQuestion(this.page)
  }

  async pressStart(name = 'Start'): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click()
    await this.page.waitForURL(/\/live\//)
    this.sessionId = decodeURIComponent(new URL(this.page.url()).pathname.split('/').at(-1) ?? '')
  }

  /** The partner has asked something, to the end of it. */
  untilAsked(): Promise<string> {
    return hearQuestion(this.page)
  }

  /** Says the first reply aloud, and hears what the partner says to it. */
  async answer(): Promise<void> {
    const former = await this.lastLine()
    await this.speakReply()
    await this.untilNextQuestion(former)
  }

  /** Says a reply aloud, whether anybody hears it or not. */
  async speakReply(index = 0): Promise<string> {
    const reply = await plainReplies(this.page).nth(index).innerText()
    await this.speak(reply)
    return reply
  }

  async speak(sentence: string): Promise<void> {
    const wav = await toSpeech(this.#voice, sentence)
    this.heard.spoken.push(wav)
    await say(this.page, wav)
  }

  async tapReply(): Promise<string> {
    const card = plainReplies(this.page).first()
    const reply = await card.innerText()
    await card.click()
    this.heard.written.push(reply)
    return reply
  }

  /** Waits until the partner takes up the talk again, and proves it: what is said now is answered. Gives the seconds until then. */
  async untilTalkGoesOn(timeoutMs = 60_000): Promise<number> {
    const startedAtMs = Date.now()
    for (;;) {
      const leftMs = startedAtMs + timeoutMs - Date.now()
      await this.#untilAnswerable(Math.max(1, leftMs))
      const answerableAtMs = Date.now()
      if (await this.#isAnswered()) return toSeconds(answerableAtMs - startedAtMs)
    }
  }

  /** Understood at any point, and the same whether or not there are cards just now. False: said into a call that is dead. */
  async #isAnswered(): Promise<boolean> {
    const before = this.heard.countPartnerLines()
    await this.page.getByRole('button', { name: 'Repeat' }).click()
    try {
      await expect.poll(() => this.#lastOwnLine(), { timeout: answerMs }).toBe(askAgain)
    } catch {
      // Nobody saw it written down; it may get there all the same.
      this.heard.attempted.push(askAgain)
      return false
    }
    this.heard.written.push(askAgain)
    await expect.poll(() => this.heard.countPartnerLines(), { timeout: 3 * answerMs }).toBeGreaterThan(before)
    await hearQuestion(this.page)
    return true
  }

  #lastOwnLine(): Promise<string | undefined> {
    const lines = this.page
      .getByRole('region', { name: 'Live captions' })
      .locator('[data-speaker="LEARNER"] .caption__text')
    return lines.allInnerTexts().then((texts) => texts.at(-1))
  }

  async #untilAnswerable(timeoutMs: number): Promise<void> {
    await expect
      .poll(() => this.page.getByRole('button', { name: 'Repeat' }).isEnabled(), { timeout: timeoutMs, interval: 100 })
      .toBe(true)
    await hearQuestion(this.page)
  }

  /** What the page says of a fault, kept as a picture where the run asks for pictures. */
  async seeMessage(text: RegExp, shotName: string, timeoutMs = 40_000): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: timeoutMs })
    await this.shoot(shotName)
  }

  async shoot(name: string): Promise<void> {
    const folder = process.env['PARLEY_FAULT_SHOTS']
    if (!folder) return
    await this.page.screenshot({ path: `${folder}/${name.replaceAll(/\W+/g, '-')}.png` }).catch(() => undefined)
  }

  lastLine(): Promise<string> {
    return partnerLines(this.page).last().innerText()
  }

  async untilNextQuestion(former: string): Promise<void> {
    await expect.poll(() => this.lastLine(), { timeout: 30_000 }).not.toBe(former)
    await hearQuestion(this.page)
  }

  /** The page has noticed that the call is gone: nothing can be said into it. */
  async untilCallIsMissed(timeoutMs = 40_000): Promise<void> {
    await expect
      .poll(() => this.page.getByRole('button', { name: 'Repeat' }).isEnabled(), { timeout: timeoutMs, interval: 50 })
      .toBe(false)
  }

  async pressEnd(): Promise<void> {
    this.heard.noteEnd()
    await this.page.getByRole('button', { name: 'End', exact: true }).click()
  }

  /** Gives the seconds until the server has verified everything. */
  async untilSaved(timeoutMs = 60_000): Promise<number> {
    const startedAtMs = Date.now()
    await this.page.getByText(/^Saved\./).waitFor({ timeout: timeoutMs })
    return toSeconds(Date.now() - startedAtMs)
  }

  async end(timeoutMs?: number): Promise<number> {
    await this.pressEnd()
    return this.untilSaved(timeoutMs)
  }

  keptNotice(page = this.page): Locator {
    return page.getByText(/We kept .* of “Getting to know you”/).first()
  }

  /** Another visit in the same browser; it tells what is kept. */
  async comeBack(): Promise<void> {
    this.page = await this.context.newPage()
    await this.page.goto('/practise')
    await this.keptNotice().waitFor()
  }

  /** The page saves by itself what an earlier visit left; gives the seconds that it took. */
  async untilKeptIsSaved(timeoutMs = 60_000): Promise<number> {
    const startedAtMs = Date.now()
    await this.page
      .getByText(/We kept .* of “Getting to know you” .* now it is saved\./)
      .waitFor({ timeout: timeoutMs })
    return toSeconds(Date.now() - startedAtMs)
  }

  /** The tab's process dies. */
  async crashTab(): Promise<void> {
    const { page } = this
    const session = await this.context.newCDPSession(page)
    const crashed = page.waitForEvent('crash')
    this.heard.noteCrash()
    void session.send('Page.crash').catch(() => undefined)
    await crashed
    await page.close()
  }

  /** Of the page's renderer. */
  async listProcesses(): Promise<number[]> {
    const browser = this.context.browser()
    if (!browser) throw new Error('This browser does not tell of its processes')
    const session = await browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return processInfo.filter(({ type }) => type !== 'browser').map(({ id }) => id)
  }

  findLosses(): Promise<Losses> {
    return findLosses(this.stage, this.context.request, this.sessionId, this.heard)
  }

  async leave(): Promise<void> {
    await this.context.close().catch(() => undefined)
  }
}

function partnerLines(page: Page): Locator {
  return page.getByRole('region', { name: 'Live captions' }).locator('[data-speaker="PARTNER"] .caption__text')
}

export function toSeconds(milliseconds: number): number {
  return Math.round(milliseconds / 100) / 10
}
