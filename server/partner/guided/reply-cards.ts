/** The replies of a turn as cards: with a gap for every open slot, and what a client needs to help filling it. */
import { listSlots, showGaps, toTemplate } from '../slots/slot-text.ts'
import { SLOT_HINTS } from '../slots/slot-values.ts'
import type { TopicTurn } from '../topic.ts'

export interface ReplyCard {
  id: string
  /** `I come from ….` */
  text: string
  /** `I come from {country}.`; absent where nothing is open. */
  template?: string
  slots?: { name: string; hint: string; examples: readonly string[] }[]
}

export function toCards(turn: TopicTurn): ReplyCard[] {
  return turn.replies.map(({ text }, index) => {
    const card = { id: `r${index + 1}`, text: showGaps(text) }
    const slots = listSlots(text).map(({ name, kind }) => ({ name, ...SLOT_HINTS[kind] }))
    return slots.length === 0 ? card : { ...card, template: toTemplate(text), slots }
  })
}
