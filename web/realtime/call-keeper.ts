/** Keeps a session's talk connected: one call at a time, and a fresh one by itself whenever it is lost. */
import type { ServerEvent } from '../../server/domain/realtime-events/server-event.ts'
import { Call, type CallEnd, type CallState, type ClientEvent } from './call.ts'
import { Reconnector } from './reconnector.ts'
import { ApiFault, type ClientSecret } from './session-api.ts'

/** A way that swallows requests answers none: the next attempt may find another. */
const mintLimitMs = 10_000

export interface CallKeeperOptions {
  mint: () => Promise<ClientSecret>
  /** Null: there is no microphone. */
  getLearnerTrack: () => MediaStreamTrack | null
  onEvent: (event: ServerEvent, callNumber: number, order: number, atMs: number) => void
  onRemoteStream: (stream: MediaStream) => void
  /** A call is about to be connected: nothing has been said in it. */
  onJoin: () => void
  /** What a fresh call is told first. */
  greet: (callNumber: number) => void
  /** The call is there, or there again after it was unsteady. */
  onSteady: () => void
  onUnsteady: () => void
  /** It is over, and not by our hand. */
  onLost: (callNumber: number) => void
  /** When the next attempt is due, on the page's clock; null while one is under way. */
  onWait: (dueAtMs: number | null) => void
  onRefused: (fault: ApiFault) => void
}

export class CallKeeper {
  readonly #options: CallKeeperOptions
  readonly #reconnector: Reconnector
  #secret: ClientSecret | null = null
  #call: Call | null = null
  #isUp = false

  constructor(options: CallKeeperOptions) {
    this.#options = options
    this.#reconnector = new Reconnector({
      attempt: (isCurrent) => this.#connect(isCurrent),
      onWait: options.onWait,
      onRefused: options.onRefused,
    })
  }

  /** Of the call that can be spoken into now; null where there is none. */
  get callNumber(): number | null {
    return this.#isUp ? (this.#call?.callNumber ?? null) : null
  }

  /** Null: a secret is asked for first. */
  begin(secret: ClientSecret | null): void {
    this.#secret = secret
    this.#reconnector.start()
  }

  /** Does not wait for the next attempt. */
  tryNow(): void {
    this.#reconnector.start()
    this.#reconnector.tryNow()
  }

  /** False where there is no call: nothing was sent. */
  send(event: ClientEvent): boolean {
    return this.#call?.send(event) ?? false
  }

  /**
   * While there is no call: the next one asks for its track itself. False where the call that is up was opened without a
   * microphone: a fresh one is begun in its place.
   */
  async replaceTrack(track: MediaStreamTrack): Promise<boolean> {
    const isTaken = (await this.#call?.replaceTrack(track)) ?? true
    if (isTaken) return true
    this.#call?.drop()
    this.tryNow()
    return false
  }

  /** No fresh call from now on. */
  stop(): void {
    this.#reconnector.close()
  }

  async hangUp(waitForRemoteMs: number): Promise<void> {
    await this.#call?.hangUp(waitForRemoteMs)
  }

  /** The page is going: without a word to anyone, and without a new attempt until `tryNow`. */
  drop(): void {
    this.#reconnector.pause()
    this.#call?.drop()
  }

  async #connect(isCurrent: () => boolean): Promise<void> {
    const secret = this.#secret ?? (await withinTime(this.#options.mint()))
    this.#secret = null
    if (!isCurrent()) return
    this.#leaveFormer()
    const { callNumber } = secret
    const call: Call = new Call({
      learnerTrack: this.#options.getLearnerTrack(),
      secret,
      events: {
        onEvent: (event, order, atMs) => {
          if (call === this.#call) this.#options.onEvent(event, callNumber, order, atMs)
        },
        onState: (state, end) => this.#onState(call, state, end),
        onRemoteStream: (stream) => this.#options.onRemoteStream(stream),
      },
    })
    this.#call = call
    this.#options.onJoin()
    await call.connect()
    if (isCurrent()) this.#options.greet(callNumber)
  }

  /** An attempt that hangs is given up for a newer one. */
  #leaveFormer(): void {
    const former = this.#call
    this.#call = null
    former?.drop()
  }

  #onState(call: Call, state: CallState, end: CallEnd | null): void {
    if (call !== this.#call) return
    if (state === 'connected') {
      this.#isUp = true
      this.#options.onSteady()
    } else if (state === 'unsteady') this.#options.onUnsteady()
    else if (state === 'closed' && this.#isUp) {
      this.#isUp = false
      if (end === 'hung-up') return
      this.#options.onLost(call.callNumber)
      if (end !== 'page-closed') this.#reconnector.start()
    }
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new ApiFault('NETWORK', 'The server did not answer.', { isRetryable: true })),
      mintLimitMs,
    )
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
