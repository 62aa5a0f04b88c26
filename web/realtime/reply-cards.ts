/** The partner's suggestions, which arrive as a call of the tool `offer_replies`. */

export interface ReplyCard {
  id: string
  text: string
}

export const offerRepliesTool = 'offer_replies'

/** Reads the tool's arguments; null where they hold no usable reply. At most six, so that a page can show them. */
export function parseReplyCards(json: string): ReplyCard[] | null {
  try {
    const value: unknown = JSON.parse(json)
    const replies = typeof value === 'object' && value !== null && 'replies' in value ? value.replies : null
    if (!Array.isArray(replies)) return null
    const cards = replies.flatMap(toCard).slice(0, 6)
    return cards.length === 0 ? null : cards
  } catch {
    return null
  }
}

function toCard(value: unknown, index: number): ReplyCard[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ id: `reply-${index + 1}`, text: value.trim() }]
  if (
    typeof value !== 'object' ||
    value === null ||
    !('text' in value) ||
    typeof value.text !== 'string' ||
    value.text.trim() === ''
  )
    return []
  const id = 'id' in value && typeof value.id === 'string' && value.id !== '' ? value.id : `reply-${index + 1}`
  return [{ id, text: value.text.trim() }]
}
