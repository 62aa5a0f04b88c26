/** The platform's WebSocket without a network: a server that acknowledges, answers pings and falls silent or away when told to. */
import { vi } from 'vitest'

type Handler<E> = ((event: E) => void) | null

interface CloseLike {
  code: number
  reason: string
}

export interface FakeNetwork {
  /** Every socket that was opened, oldest first. */
  opened: FakeWebSocket[]
  answersPings: boolean
  /** Refuses those that are opened from now on. */
  isGone: boolean
}

let network: FakeNetwork

/** Puts it in the place of the global one, until `vi.unstubAllGlobals()`. */
export function stubWebSocket(): FakeNetwork {
  network = { opened: [], answersPings: true, isGone: false }
  vi.stubGlobal('WebSocket', FakeWebSocket)
  return network
}

class FakeWebSocket {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3

  readyState = FakeWebSocket.CONNECTING
  onopen: Handler<void> = null
  onmessage: Handler<{ data: string }> = null
  onclose: Handler<CloseLike> = null
  onerror: Handler<unknown> = null

  constructor() {
    network.opened.push(this)
    queueMicrotask(() => {
      if (network.isGone) return this.drop()
      this.readyState = FakeWebSocket.OPEN
      this.onopen?.()
    })
  }

  send(text: string): void {
    const { type } = JSON.parse(text) as { type: string }
    if (type === 'connection_init') this.#answer('connection_ack')
    if (type === 'ping' && network.answersPings) this.#answer('pong')
  }

  close(code: number, reason: string): void {
    this.readyState = FakeWebSocket.CLOSED
    queueMicrotask(() => this.onclose?.({ code, reason }))
  }

  /** The line breaks, and the platform notices. */
  drop(): void {
    this.close(1006, '')
  }

  #answer(type: string): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify({ type }) }))
  }
}
