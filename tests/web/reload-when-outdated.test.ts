import { expect, it } from 'vitest'
import { reloadWhenOutdated } from '../../web/reload-when-outdated.ts'

it('loads the page anew when a part of it is gone, but not again and again', () => {
  const target = new EventTarget()
  const kept = new Map<string, string>()
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
  let nowMs = 1_000_000
  let reloads = 0
  reloadWhenOutdated({ target, storage, now: () => nowMs, reload: () => (reloads += 1) })
  const fail = (): boolean => target.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  expect(fail()).toBe(false)
  nowMs += 2_000
  expect(fail()).toBe(true)
  expect(reloads).toBe(1)
  nowMs += 20_000
  expect(fail()).toBe(false)
  expect(reloads).toBe(2)
})
