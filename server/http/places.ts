/** Counts what may be open only so often under one key. */
export interface Places {
  /** Gives what frees the place again, once; null when all are taken. */
  take(key: string): (() => void) | null
}

export function createPlaces(max: number): Places {
  const taken = new Map<string, number>()
  const free = (key: string): void => {
    const left = (taken.get(key) ?? 0) - 1
    if (left > 0) taken.set(key, left)
    else taken.delete(key)
  }
  return {
    take(key) {
      const count = taken.get(key) ?? 0
      if (count >= max) return null
      taken.set(key, count + 1)
      let isFree = false
      return () => {
        if (!isFree) free(key)
        isFree = true
      }
    },
  }
}
