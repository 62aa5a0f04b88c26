/** The client's own work on the conversation: creating, reading, deleting and truncating items. */
import type { ClientEvent, ClientItem } from './client-events.ts'
import type { ConversationItems } from './conversation-items.ts'
import { errorEvent, type Emit, type Item } from './server-events.ts'

type ItemEvent<T extends string> = Extract<ClientEvent, { type: `conversation.item.${T}` }>

export class ItemCommands {
  readonly #items: ConversationItems
  readonly #emit: Emit
  readonly #newId: (prefix: string) => string

  constructor(items: ConversationItems, emit: Emit, newId: (prefix: string) => string) {
    this.#items = items
    this.#emit = emit
    this.#newId = newId
  }

  /** The item as it is kept; null when it was refused, which the client has been told. */
  create(event: ItemEvent<'create'>, eventId: string | null): Item | null {
    if (this.#items.isFull) {
      this.#emit(errorEvent('conversation_too_long', 'The conversation holds no more items.', eventId))
      return null
    }
    const item = this.#toItem(event.item)
    if (this.#items.find(item.id)) {
      this.#emit(
        errorEvent('item_create_duplicate_item_id', `Item with id '${item.id}' exists already.`, eventId, 'item.id'),
      )
      return null
    }
    const after = event.previous_item_id
    if (after === null || after === undefined) this.#items.append(item)
    else if (!this.#items.insertAfter(after, item)) {
      this.#emit(
        errorEvent(
          'item_create_invalid_previous_item_id',
          `Previous item with id '${after}' not found.`,
          eventId,
          'previous_item_id',
        ),
      )
      return null
    }
    const previous = this.#items.previousOf(item.id)
    this.#emit({ type: 'conversation.item.added', previous_item_id: previous, item })
    this.#emit({ type: 'conversation.item.done', previous_item_id: previous, item })
    return item
  }

  handle(event: ItemEvent<'retrieve' | 'delete' | 'truncate'>, eventId: string | null) {
    const item = this.#items.find(event.item_id)
    const action = event.type.slice('conversation.item.'.length)
    if (!item) {
      return this.#emit(
        errorEvent(`item_${action}_invalid_item_id`, `Item with id '${event.item_id}' not found.`, eventId, 'item_id'),
      )
    }
    if (event.type === 'conversation.item.retrieve') return this.#emit({ type: 'conversation.item.retrieved', item })
    if (event.type === 'conversation.item.delete') {
      this.#items.delete(item.id)
      return this.#emit({ type: 'conversation.item.deleted', item_id: item.id })
    }
    if (item.type !== 'message' || item.role !== 'assistant') {
      return this.#emit(
        errorEvent(
          'item_truncate_invalid_item_id',
          'Only assistant message items can be truncated.',
          eventId,
          'item_id',
        ),
      )
    }
    this.#items.truncate(item.id)
    this.#emit({
      type: 'conversation.item.truncated',
      item_id: item.id,
      content_index: event.content_index,
      audio_end_ms: Math.round(event.audio_end_ms),
    })
  }

  #toItem(item: ClientItem): Item {
    const id = item.id ?? this.#newId('item')
    // What the client sent is kept as it came; the schema has checked the parts that are read.
    return { ...item, id, object: 'realtime.item', status: 'completed' } as unknown as Item
  }
}
