import type { Context } from './context.ts'

/**
 * What resolvers ask for one at a time, read as many as there are: all that one request asks for at once becomes one read. Gives
 * null for a key without an entry.
 */
export function batched<Key, Value>(
  readAll: (keys: readonly Key[], context: Context) => Promise<ReadonlyMap<Key, Value>>,
): (key: Key, context: Context) => Promise<Value | null> {
  const batches = new WeakMap<Context, { keys: Key[]; found: Promise<ReadonlyMap<Key, Value>> }>()

  /** Open until whoever resolves fields now has done so. */
  const open = (context: Context) => {
    const keys: Key[] = []
    const found = Promise.resolve().then(() => {
      batches.delete(context)
      return readAll(keys, context)
    })
    const batch = { keys, found }
    batches.set(context, batch)
    return batch
  }

  return async (key, context) => {
    const batch = batches.get(context) ?? open(context)
    batch.keys.push(key)
    return (await batch.found).get(key) ?? null
  }
}
