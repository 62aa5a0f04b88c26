import type { Context } from './context.ts'

interface Batch<Key, Value> {
  keys: Set<Key>
  found: Promise<ReadonlyMap<Key, Value>>
}

/** What one request asks of many things at once, asked of the database as one. Null where `read` has no entry. */
export function createBatch<Key, Value>(
  read: (context: Context, keys: Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key, context: Context) => Promise<Value | null> {
  const batches = new WeakMap<Context, Batch<Key, Value>>()
  /** Open until whoever resolves fields now has done so. */
  const open = (context: Context): Batch<Key, Value> => {
    const keys = new Set<Key>()
    const found = Promise.resolve().then(() => {
      batches.delete(context)
      return read(context, [...keys])
    })
    const batch = { keys, found }
    batches.set(context, batch)
    return batch
  }
  return async (key, context) => {
    const batch = batches.get(context) ?? open(context)
    batch.keys.add(key)
    return (await batch.found).get(key) ?? null
  }
}
