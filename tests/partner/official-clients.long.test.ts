/** The official clients in a real browser, each in a talk of ten turns with the partner: spoken, typed, interrupted, with a tool. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithBrowser } from '../support/browser-skip.ts'
import { openBrowser, openLearner, type CheckedBrowser } from '../support/browser.ts'
import { toWav } from '../support/learner-voice.ts'
import { ask, servePage, until } from '../support/official-client-page.ts'
import { startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { say } from '../support/spoken-microphone.ts'
import { startVoice, type Voice } from '../../server/partner/voice/voice.ts'
import type { Card, Ledger, Line } from '../web/official-clients/ledger.ts'

/** A pause that no sentence read aloud has within it: one turn is one utterance. */
const TALK = 'topic=a1-introductions; level=A1; pause=900; speed=1.4'
const SPOKEN_TURNS = 5
const INTERRUPTED_TURN = 7
const TURNS = 10

let partner: RunningPartner
let browser: CheckedBrowser
let voice: Voice
beforeAll(async () => {
  voice = startVoice()
  partner = await startPartnerProcess()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await partner.stop()
  await voice.close()
})

async function speak(page: Page, text: string) {
  await say(page, toWav(await voice.say(text, { voice: 'rms', speed: 0.9 })))
}

/** The cards that can be read aloud as they are. */
async function readCards(page: Page): Promise<Card> {
  const cards = await ask<Card[]>(page, 'ledger.cards')
  const card = cards.find((entry) => !entry.slots?.length) ?? cards[0]
  if (!card) throw new Error('No card is offered')
  return card
}

/** The partner's next answer has been said, and its cards are there. */
async function listen(page: Page, count: number) {
  await until(page, `answers.length >= ${count}`)
  await until(
    page,
    `answers[${count - 1}].sound === 'over' || parleyTest.ledger.answers[${count - 1}].sound === 'cleared'`,
  )
}

/**
 * Ten turns, the first ones spoken, then typed. One answer is interrupted while it is heard: by `session.interrupt()` or
 * what the client has for it, or by the learner's voice, which is the next turn then.
 */
async function talk(page: Page, interruption: 'by-hand' | 'by-voice') {
  const turns: { text: string; isSpoken: boolean }[] = []
  await ask(page, 'begin()')
  await listen(page, 1)
  for (let turn = 1; turn <= TURNS; turn += 1) {
    await until(page, `toolCalls >= ${turn}`)
    const { text } = await readCards(page)
    const isSpoken = turn <= SPOKEN_TURNS || (interruption === 'by-voice' && turn === INTERRUPTED_TURN + 1)
    turns.push({ text, isSpoken })
    if (isSpoken) await speak(page, text)
    else await ask(page, `type(${JSON.stringify(text)})`)
    if (turn === INTERRUPTED_TURN) {
      await until(page, `answers[${turn}]?.heardAtMs + 800 < performance.now()`)
      if (interruption === 'by-voice') continue
      await ask(page, 'interrupt()')
    }
    await listen(page, turn + 1)
  }
  return turns
}

type Turns = Awaited<ReturnType<typeof talk>>

function expectRight(history: readonly Line[], ledger: Ledger, turns: Turns) {
  expect(ledger.errors).toEqual([])
  expect(history.map((line) => line.role)).toEqual(history.map((_, index) => (index % 2 === 0 ? 'assistant' : 'user')))
  expect(history.length).toBe(2 * TURNS + 1)
  expect(history.filter((line) => line.role === 'user').map((line) => line.text)).toEqual(
    turns.map((turn) => turn.text),
  )
  expect(ledger.transcripts).toEqual(turns.filter((turn) => turn.isSpoken).map((turn) => turn.text))
  const partnerLines = history.filter((line) => line.role === 'assistant')
  expect(partnerLines.filter((line) => !/\w+[.!?]$/u.test(line.text))).toEqual([])
  expect(partnerLines.map((line) => line.status)).toEqual(
    partnerLines.map((_, index) => (index === INTERRUPTED_TURN ? 'incomplete' : 'completed')),
  )
  expect(ledger.truncatedItemIds).toEqual([ledger.answers[INTERRUPTED_TURN]?.itemId])
  expect(ledger.toolCalls).toBeGreaterThanOrEqual(TURNS)
}

async function openPage(name: string) {
  const site = await servePage(name)
  const { context, page, faults } = await openLearner(browser, site.url)
  await page.goto('/')
  await page.waitForFunction('globalThis.parleyTest !== undefined')
  const secret = await partner.mint(TALK)
  await ask(page, `connect('${partner.baseUrl}/v1/realtime/calls', '${secret}')`)
  const close = async () => {
    await ask(page, 'close()')
    // Each of them was held against the types of the official SDK.
    expect(browser.checkedEvents.sent).toBeGreaterThan(TURNS)
    expect(browser.checkedEvents.received).toBeGreaterThan(TURNS * 10)
    await context.close()
    await site.close()
  }
  return { page, faults, close }
}

describeWithBrowser('official clients', () => {
  test.concurrent('@openai/agents-realtime: a talk of ten turns', { timeout: 180_000 }, async () => {
    const { page, faults, close } = await openPage('agents-page')
    const turns = await talk(page, 'by-hand')
    expectRight(await ask<Line[]>(page, 'history()'), await ask<Ledger>(page, 'ledger'), turns)
    expect(faults).toEqual([])
    await close()
  })

  test.concurrent('openai/realtime/webrtc: a talk of ten turns', { timeout: 180_000 }, async () => {
    const { page, faults, close } = await openPage('thin-page')
    const turns = await talk(page, 'by-voice')
    expectRight(await ask<Line[]>(page, 'history()'), await ask<Ledger>(page, 'ledger'), turns)
    expect(faults).toEqual([])
    await close()
  })
})
