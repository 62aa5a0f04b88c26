/** A conversation as the page shows it: what the partner asks, what can be answered, and how it goes on. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Voice } from '../../server/partner/voice/voice.ts'
import { hearPartnerOut } from '../support/learner-steps.ts'
import { toWav } from '../support/learner-voice.ts'

/** The cards that can be said and tapped as they stand: without a gap. */
export function plainReplies(page: Page): Locator {
  return page.getByRole('region', { name: 'Replies you can say' }).locator('button.reply:not([aria-expanded])')
}

/** The cards with a gap that asks to be filled. */
export function openReplies(page: Page): Locator {
  return page.getByRole('region', { name: 'Replies you can say' }).locator('button.reply[aria-expanded]')
}

/** What the partner said last, once it has said it. */
export async function hearQuestion(page: Page): Promise<string> {
  await hearPartnerOut(page)
  return partnerLines(page).last().innerText()
}

/** Waits until the partner has said something else than this, to its end. */
export async function hearNextQuestion(page: Page, former: string): Promise<string> {
  await expect.poll(() => partnerLines(page).last().innerText(), { timeout: 30_000 }).not.toBe(former)
  return hearQuestion(page)
}

/** A sentence as a WAV file's content, in a voice that is not the partner's. */
export async function toSpeech(voice: Voice, sentence: string): Promise<Buffer> {
  return toWav(await voice.say(sentence, { voice: 'rms', speed: 0.85 }))
}

function partnerLines(page: Page): Locator {
  return page.getByRole('region', { name: 'Live captions' }).locator('[data-speaker="PARTNER"] .caption__text')
}
