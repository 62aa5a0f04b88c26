/** The partner's suggestions, which arrive as a call of the tool `offer_replies`. */

/** A gap that the learner fills with a word of their own. */
export interface ReplySlot {
  name: string
  /** What belongs there: "a country". */
  hint: string
  examples: readonly string[]
}

export interface ReplyCard {
  id: string
  text: string
  /** The text around its open slots, and the slots; only where there are some. */
  pieces?: readonly CardPiece[]
}

export type CardPiece = string | ReplySlot

export const offerRepliesTool = 'offer_replies'

const maxCards = 6
const maxExamples = 5

/** Reads the tool's arguments; null where they hold no usable reply. At most six, so that a page can show them. */
export function parseReplyCards(json: string): ReplyCard[] | null {
  try {
    const value: unknown = JSON.parse(json)
    const { replies } = fields(value)
    if (!Array.isArray(replies)) return null
    const cards = replies.flatMap(toCard).slice(0, maxCards)
    return cards.length === 0 ? null : cards
  } catch {
    return null
  }
}

/** The same call, without replies, tells that the partner has said goodbye. */
export function isGoodbye(json: string): boolean {
  try {
    return fields(JSON.parse(json))['is_over'] === true
  } catch {
    return false
  }
}

/** The slots of a card, each once. */
export function slotsOf(card: ReplyCard): ReplySlot[] {
  const slots = (card.pieces ?? []).filter((piece) => typeof piece !== 'string')
  return slots.filter((slot, index) => slots.findIndex(({ name }) => name === slot.name) === index)
}

/** The sentence with the learner's words in its gaps; null while one is empty. */
export function fillCard(card: ReplyCard, words: Readonly<Record<string, string>>): string | null {
  const pieces = (card.pieces ?? [card.text]).map((piece) =>
    // A full stop that was typed along stands in the sentence already.
    typeof piece === 'string' ? piece : (words[piece.name] ?? '').trim().replace(/[.!?,;]+$/, ''),
  )
  if (pieces.some((piece) => piece === '')) return null
  const sentence = pieces.join('')
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function toCard(value: unknown, index: number): ReplyCard[] {
  const reply = typeof value === 'string' ? { text: value } : fields(value)
  const text = words(reply['text'])
  if (text === '') return []
  const card: ReplyCard = { id: words(reply['id']) || `reply-${index + 1}`, text }
  const pieces = toPieces(words(reply['template']), reply['slots'])
  return [pieces === null ? card : { ...card, pieces }]
}

/** Null where there is no gap that could be filled: such a card is its text. */
function toPieces(template: string, slots: unknown): CardPiece[] | null {
  if (!Array.isArray(slots)) return null
  const known = new Map(slots.flatMap(toSlot).map((slot) => [slot.name, slot]))
  const pieces = template.split(/\{([^{}]+)\}/).map((piece, index) => (index % 2 === 0 ? piece : known.get(piece)))
  if (pieces.length === 1 || pieces.includes(undefined)) return null
  return pieces.filter((piece) => piece !== undefined && piece !== '') as CardPiece[]
}

function toSlot(value: unknown): ReplySlot[] {
  const slot = fields(value)
  const name = words(slot['name'])
  if (name === '') return []
  const examples = Array.isArray(slot['examples']) ? slot['examples'].map(words).filter((word) => word !== '') : []
  return [{ name, hint: words(slot['hint']) || name, examples: examples.slice(0, maxExamples) }]
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}
