import { z } from 'zod'
import { InvalidInputError } from '../server/domain/errors.ts'

const defaultSize = 20
const maxSize = 100

export interface PageArgs {
  first?: number | null | undefined
  last?: number | null | undefined
}

/** How many items to read, and from which end. Throws InvalidInputError. */
export function toPageSize(args: PageArgs): { size: number; isFromEnd: boolean } {
  const isFromEnd = args.first == null && args.last != null
  const size = (isFromEnd ? args.last : args.first) ?? defaultSize
  if (args.first != null && args.last != null) throw invalid('last', 'Give first or last, not both.')
  if (size < 1 || size > maxSize) throw invalid(isFromEnd ? 'last' : 'first', `Ask for 1 to ${maxSize}.`)
  return { size, isFromEnd }
}

/** A date as it stands in a cursor. */
export const cursorDate = z.iso.datetime().transform((text) => new Date(text))
/** A text as it stands in a cursor: Postgres has no place for a null character. */
export const cursorText = z.string().refine((text) => !text.includes('\0'))

/** A cursor is opaque to clients: the item's sort key as JSON, in base64url. */
export function toCursor(key: readonly (string | Date)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}

/** Null for no cursor. Throws InvalidInputError for what is none of ours. */
export function parseCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | null | undefined,
  argument: string,
): z.output<Schema> | null {
  if (cursor == null) return null
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
  } catch {
    throw invalid(argument, 'This cursor is none of ours. Start from the beginning.')
  }
}

/** The Relay connection of a page of items, in list order. */
export function toConnection<Item>(
  items: readonly Item[],
  page: { cursorOf: (item: Item) => string; hasNextPage: boolean; hasPreviousPage: boolean },
) {
  const edges = items.map((node) => ({ node, cursor: page.cursorOf(node) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

function invalid(argument: string, message: string): InvalidInputError {
  return new InvalidInputError([{ path: [argument], message }], message)
}
