/** The conversation as an ordered list of items. Pure; positions follow the Realtime API's `previous_item_id`. */
import type { Item } from './server-events.ts'

/** A talk of an hour has some hundreds: more comes only from a client gone wild, which must not eat the memory. */
const MOST_ITEMS = 2_000

export class ConversationItems {
  #items: Item[] = []

  get all(): readonly Item[] {
    return this.#items
  }

  get isFull(): boolean {
    return this.#items.length >= MOST_ITEMS
  }

  find(id: string): Item | null {
    return this.#items.find((item) => item.id === id) ?? null
  }

  /** Adds at the end; the id of the item before it, null when it is the first. */
  append(item: Item): string | null {
    const previous = this.#items.at(-1)?.id ?? null
    this.#items.push(item)
    return previous
  }

  /** Adds after an item, or first of all for 'root'. False when that item is not there. */
  insertAfter(previousId: string, item: Item): boolean {
    const at = previousId === 'root' ? 0 : this.#items.findIndex((other) => other.id === previousId) + 1
    if (at === 0 && previousId !== 'root') return false
    this.#items.splice(at, 0, item)
    return true
  }

  previousOf(id: string): string | null {
    const at = this.#items.findIndex((item) => item.id === id)
    return this.#items[at - 1]?.id ?? null
  }

  replace(item: Item) {
    this.#items = this.#items.map((other) => (other.id === item.id ? item : other))
  }

  /** The learner did not hear all of it: its text, which says more than was heard, is let go. */
  truncate(id: string) {
    const item = this.find(id)
    if (item?.type !== 'message' || item.role !== 'assistant') return
    this.replace({ ...item, status: 'incomplete', content: item.content.map(({ type }) => ({ type })) } as Item)
  }

  delete(id: string): boolean {
    const before = this.#items.length
    this.#items = this.#items.filter((item) => item.id !== id)
    return this.#items.length < before
  }

  /** What was said, in order. */
  lines(): { role: 'user' | 'assistant'; text: string }[] {
    return this.#items.flatMap((item) => {
      if (item.type !== 'message' || item.role === 'system') return []
      const parts = item.content as { text?: string; transcript?: string | null }[]
      return [{ role: item.role, text: parts.map((part) => part.text ?? part.transcript ?? '').join(' ') }]
    })
  }
}
