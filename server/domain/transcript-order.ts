/**
 * Where each item of a conversation stands: by call, then along the chain of previous items. A function of the set
 * alone, so that late, doubled and shuffled arrivals end in the same order.
 */

/** What decides an item's place. */
export interface ChainLink {
  itemId: string
  callNumber: number
  previousItemId: string | null
  receivedStartMs: number
}

/**
 * Orders items by call and by chain. An item whose predecessor is not (yet) known heads a chain of its own; such chains
 * follow the call's first chain by the time they started. Items that name the same predecessor follow it by start time.
 */
export function orderByChain<T extends ChainLink>(items: readonly T[]): T[] {
  const calls = Map.groupBy(items, (item) => item.callNumber)
  return [...calls.keys()].sort((a, b) => a - b).flatMap((call) => orderCall(calls.get(call) ?? []))
}

function orderCall<T extends ChainLink>(items: readonly T[]): T[] {
  const byStart = [...items].sort(compareStart)
  const known = new Set(items.map((item) => item.itemId))
  const followers = Map.groupBy(byStart, (item) => item.previousItemId)
  const isFirst = (item: T): boolean => item.previousItemId === null
  const isOrphan = (item: T): boolean => item.previousItemId !== null && !known.has(item.previousItemId)
  const placed = new Set<string>()
  const ordered: T[] = []
  // The last pass takes what no head reaches: items that name each other in a circle.
  for (const head of [...byStart.filter(isFirst), ...byStart.filter(isOrphan), ...byStart]) {
    placeChain(head, followers, placed, ordered)
  }
  return ordered
}

/** Depth first with a stack of its own: a chain may be longer than the call stack. */
function placeChain<T extends ChainLink>(
  head: T,
  followers: Map<string | null, T[]>,
  placed: Set<string>,
  ordered: T[],
): void {
  const waiting = [head]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (placed.has(item.itemId)) continue
    placed.add(item.itemId)
    ordered.push(item)
    waiting.push(...(followers.get(item.itemId) ?? []).toReversed())
  }
}

function compareStart(a: ChainLink, b: ChainLink): number {
  return a.receivedStartMs - b.receivedStartMs || (a.itemId < b.itemId ? -1 : a.itemId > b.itemId ? 1 : 0)
}
