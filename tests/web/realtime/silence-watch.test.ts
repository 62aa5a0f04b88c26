import { describe, expect, it } from 'vitest'
import { SilenceWatch } from '../../../web/realtime/silence-watch.ts'

/** Reads the same level twice a second; gives after how many seconds the microphone seemed dead, null for never. */
function listen(watch: SilenceWatch, level: number, seconds: number, isDue = true, fromMs = 0): number | null {
  for (let atMs = 0; atMs <= seconds * 1_000; atMs += 500)
    if (watch.read(level, isDue, fromMs + atMs)) return atMs / 1_000
  return null
}

describe('a silent microphone', () => {
  it('is told of after a quarter of a minute in which words were due, and sooner never', () => {
    expect(listen(new SilenceWatch(), 0, 60)).toBe(15)
    expect(listen(new SilenceWatch(), 0, 600, false)).toBeNull()
  })

  it('is trusted for longer once it was heard, and not at all after a change of device', () => {
    const watch = new SilenceWatch()
    watch.read(0.6, true, 0)
    expect(listen(watch, 0, 60)).toBe(45)
    watch.reset()
    expect(listen(watch, 0, 60, true, 100_000)).toBe(15)
  })

  it('is not one with the noise of a room in it', () => {
    expect(listen(new SilenceWatch(), 0.05, 600)).toBeNull()
  })
})
