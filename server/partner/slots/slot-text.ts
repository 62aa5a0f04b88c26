/**
 * Open slots in the lines of a topic. In a reply `{country}` or `{mother:name}` is filled by the learner; in the lines of
 * the partner `{country}` or `{country|your country}` stands for what was said, or for the words after the bar. Pure.
 */

/** What a slot can hold; each kind has its list of values beside this file. */
export const SLOT_KINDS = [
  'name',
  'number',
  'day',
  'month',
  'time',
  'food',
  'drink',
  'city',
  'country',
  'place',
  'job',
  'hobby',
  'colour',
] as const

export type SlotKind = (typeof SLOT_KINDS)[number]

/** One mark in braces as it is written; a reply's mark has no fallback, a partner's no kind. */
export interface SlotMark {
  name: string
  kind: string | null
  fallback: string | null
}

export interface ReplySlot {
  name: string
  kind: SlotKind
}

/** What was said for each slot so far, by the slot's name. */
export type SlotValues = Readonly<Record<string, string>>

const MARK = /\{([^{}:|]*)(?::([^{}|]*))?(?:\|([^{}]*))?\}/gu
const NAME = /^[a-z]+$/

/** The marks of a line, in their order. */
export function listMarks(line: string): SlotMark[] {
  return [...line.matchAll(MARK)].map(([, name = '', kind, fallback]) => ({
    name,
    kind: kind ?? null,
    fallback: fallback ?? null,
  }))
}

/** Whether the braces of a line are all marks of the right form. */
export function hasSoundMarks(line: string): boolean {
  const marks = listMarks(line)
  return (
    !/[{}|]/u.test(line.replaceAll(MARK, '')) && marks.every((mark) => NAME.test(mark.name) && mark.fallback !== '')
  )
}

/** The open slots of a reply or a variant. A mark of no known kind is left out: the rules of a topic name it. */
export function listSlots(replyText: string): ReplySlot[] {
  return listMarks(replyText).flatMap(({ name, kind }) => {
    const known = SLOT_KINDS.find((one) => one === (kind ?? name))
    return known ? [{ name, kind: known }] : []
  })
}

/** A reply's text cut at its slots: `['I come from ', { name, kind }, '.']`. */
export function cutAtSlots(replyText: string): (string | ReplySlot)[] {
  const texts = replyText.split(/\{[^{}]*\}/u)
  const slots = listSlots(replyText)
  return texts.flatMap((text, index) => {
    const slot = slots[index]
    return slot ? [text, slot] : [text]
  })
}

/** The line with values in place of its marks; null when one has neither value nor fallback. */
export function fillSlots(line: string, values: SlotValues): string | null {
  let isWhole = true
  const filled = line.replaceAll(MARK, (_, name: string, _kind: unknown, fallback: unknown, at: number) => {
    const value = (Object.hasOwn(values, name) ? values[name] : undefined) ?? fallback
    if (typeof value !== 'string') isWhole = false
    return isSentenceStart(line, at) ? capitalise(String(value)) : String(value)
  })
  return isWhole ? filled : null
}

/** A partner's line with what was said so far; every mark in it has a fallback. */
export function fillLine(line: string, values: SlotValues): string {
  return fillSlots(line, values) ?? line
}

/** A reply as it is shown on a card: every slot is a gap. */
export function showGaps(replyText: string): string {
  return replyText.replaceAll(MARK, '…')
}

/** A reply with every slot written `{name}`, as cards travel. */
export function toTemplate(replyText: string): string {
  return replyText.replaceAll(MARK, (_, name: string) => `{${name}}`)
}

function isSentenceStart(line: string, at: number): boolean {
  return /(^|[.!?]\s+)$/u.test(line.slice(0, at))
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
