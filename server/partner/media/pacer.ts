/**
 * Hands out frames in real time. Counts against the monotonic clock, so a late timer is caught up and never adds to the drift;
 * after a longer stall (the machine slept) it skips what nobody can hear in time any more.
 */
import { Lateness } from './lateness.ts'
import { FRAME_MS } from './peer-transport.ts'

const MOST_FRAMES_AT_ONCE = 20
const TIMER_MS = 5

export interface Pacer {
  /** How long after its time each frame was handed out. */
  readonly lateness: Lateness
  /** Calls `frame` once each 10 ms from now on, until the returned function is called. */
  add(frame: () => void): () => void
}

export function createPacer(now: () => number = () => performance.now()): Pacer {
  const clients = new Set<{ frame: () => void; startedAtMs: number; sent: number }>()
  const lateness = new Lateness()
  let timer: NodeJS.Timeout | null = null
  const tick = () => {
    for (const client of clients) {
      const playedMs = now() - client.startedAtMs
      const due = Math.floor(playedMs / FRAME_MS)
      if (due - client.sent > MOST_FRAMES_AT_ONCE) {
        lateness.add(playedMs - (client.sent + 1) * FRAME_MS)
        client.sent = due - 1
      }
      while (client.sent < due && clients.has(client)) {
        client.sent += 1
        lateness.add(playedMs - client.sent * FRAME_MS)
        client.frame()
      }
    }
  }
  return {
    lateness,
    add(frame) {
      const client = { frame, startedAtMs: now(), sent: 0 }
      clients.add(client)
      timer ??= setInterval(tick, TIMER_MS)
      return () => {
        clients.delete(client)
        if (clients.size === 0 && timer) {
          clearInterval(timer)
          timer = null
        }
      }
    },
  }
}
