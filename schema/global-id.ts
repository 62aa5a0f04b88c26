import { isUuid } from '../server/domain/ids.ts'

/** Ids that say what they name and need no escaping in an address: `Conversation_0195f3a8-...`. To clients they are opaque. */
export function toGlobalId(typename: string, id: string): string {
  return `${typename}_${id}`
}

/** Null for what is no id of ours. */
export function parseGlobalId(globalId: string): { typename: string; id: string } | null {
  const match = /^([A-Za-z]+)_([0-9a-f-]{36})$/.exec(globalId)
  const [, typename, id] = match ?? []
  return typename !== undefined && id !== undefined && isUuid(id) ? { typename, id } : null
}

/** The bare id when the global one names one of `typenames`, else null: no such thing. */
export function idOf<Id extends string>(globalId: string, ...typenames: readonly string[]): Id | null {
  const parsed = parseGlobalId(globalId)
  return parsed && typenames.includes(parsed.typename) ? (parsed.id as Id) : null
}

/** Every kind of session. */
export const sessionTypenames = ['Conversation', 'SpeakingTest', 'Drill'] as const
