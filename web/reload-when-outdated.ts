/** After an update of the server a page that is still open asks for parts that are gone: loading it anew brings the new ones. */

/** Where it happens again this soon, loading anew does not help. */
const patienceMs = 10_000
const key = 'parley-reloaded-at'

export interface ReloadParts {
  /** Tells of a part of the page that could not be loaded (`vite:preloadError`). */
  target: EventTarget
  storage: Pick<Storage, 'getItem' | 'setItem'>
  now: () => number
  reload: () => void
}

export function reloadWhenOutdated({ target, storage, now, reload }: ReloadParts): void {
  target.addEventListener('vite:preloadError', (event) => {
    if (now() - Number(storage.getItem(key)) < patienceMs) return
    // Handled: nothing is thrown, and the page is about to go.
    event.preventDefault()
    storage.setItem(key, String(now()))
    reload()
  })
}
