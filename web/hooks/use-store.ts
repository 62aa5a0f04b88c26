import { useEffect, useState } from 'preact/hooks'

/** A value that tells of its changes. */
export interface Store<T> {
  get: () => T
  subscribe: (listener: () => void) => () => void
}

/** The store's value now, and a new render after each change. */
export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(store.get)
  useEffect(() => {
    const update = (): void => setValue(() => store.get())
    update()
    return store.subscribe(update)
  }, [store])
  return value
}
