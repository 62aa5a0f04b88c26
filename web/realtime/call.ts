/**
 * One live call: a peer connection with the learner's track, the partner's sound, and the `oai-events` channel.
 * The offer goes to the address that came with the client secret; everything else goes straight between the two ends.
 */
import { watchCall, type CallHealth } from './call-monitor.ts'
import { parseServerEvent, type ServerEvent } from '../../server/domain/realtime-events/server-event.ts'
import { ApiFault, type ClientSecret } from './session-api.ts'

export type CallState = 'connecting' | 'connected' | 'unsteady' | 'closed'

/** Why a call is over: by our own hand, with the page, or because the other end or the way to it is gone. */
export type CallEnd = 'hung-up' | 'page-closed' | 'channel-closed' | 'connection-failed'

/** With the two seconds that the watch takes: as long as a drop may last that heals by itself. */
const doubtMs = 8_000

export interface CallEvents {
  onEvent(event: ServerEvent, order: number, atMs: number): void
  onState(state: CallState, end: CallEnd | null): void
  onRemoteStream(stream: MediaStream): void
}

export interface CallOptions {
  /** Null: the learner has no microphone, and the offer says so. */
  learnerTrack: MediaStreamTrack | null
  secret: ClientSecret
  events: CallEvents
  connectTimeoutMs?: number
}

export type ClientEvent = { type: string } & Record<string, unknown>

export class Call {
  readonly callNumber: number
  readonly #options: CallOptions
  readonly #peer = new RTCPeerConnection()
  readonly #channel: RTCDataChannel
  readonly #sender: RTCRtpSender | null
  readonly #abort = new AbortController()
  #state: CallState = 'connecting'
  #order = 0
  #stopWatching: (() => void) | null = null
  #doubt: ReturnType<typeof setTimeout> | null = null

  constructor(options: CallOptions) {
    this.#options = options
    this.callNumber = options.secret.callNumber
    this.#channel = this.#peer.createDataChannel('oai-events')
    this.#sender = this.#offerSound(options.learnerTrack)
    this.#listen()
  }

  /** Resolves once both ends can speak and send events. Rejects (and closes) when that fails or takes too long. */
  async connect(): Promise<void> {
    const timer = setTimeout(
      () => this.#abort.abort(new Error('The call took too long to connect')),
      this.#options.connectTimeoutMs ?? 15_000,
    )
    try {
      const offer = await this.#peer.createOffer()
      await this.#peer.setLocalDescription(offer)
      const answer = await this.#exchange(offer.sdp ?? '')
      await this.#peer.setRemoteDescription({ type: 'answer', sdp: answer })
      await this.#untilOpen()
      this.#enter('connected', null)
      this.#stopWatching = watchCall(this.#peer, (health) => this.#onHealth(health))
    } catch (error) {
      this.#close('connection-failed')
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  /** False where the channel is not open: nothing was sent. */
  send(event: ClientEvent): boolean {
    if (this.#channel.readyState !== 'open') return false
    try {
      this.#channel.send(JSON.stringify(event))
      return true
    } catch {
      return false
    }
  }

  /**
   * Another microphone in the middle of the call, without a new offer. False where the offer said that there is none: a fresh
   * call has to tell of it. Does nothing once the call is over.
   */
  async replaceTrack(track: MediaStreamTrack): Promise<boolean> {
    if (this.#state === 'closed') return true
    if (this.#sender === null) return false
    await this.#sender.replaceTrack(track)
    return true
  }

  /**
   * Ends the call. The server is told to hang up first (ending the session does), so that the other end stops sending;
   * then the channel closes from there, or from here when it stays open for a second.
   */
  async hangUp(waitForRemoteMs = 1_000): Promise<void> {
    if (this.#state === 'closed') return
    if (this.#channel.readyState === 'open' && waitForRemoteMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitForRemoteMs)
        this.#channel.addEventListener(
          'close',
          () => {
            clearTimeout(timer)
            resolve()
          },
          { once: true },
        )
      })
    }
    this.#close('hung-up')
  }

  /** Closes at once, without a word to anyone: the page is about to go, and the other end learns it from the closing itself. */
  drop(): void {
    this.#close('page-closed')
  }

  #offerSound(learnerTrack: MediaStreamTrack | null): RTCRtpSender | null {
    if (learnerTrack === null) {
      this.#peer.addTransceiver('audio', { direction: 'recvonly' })
      return null
    }
    // The track is sent in a stream of its own, so that the answer can name one for the way back.
    return this.#peer.addTrack(learnerTrack, new MediaStream([learnerTrack]))
  }

  #listen(): void {
    this.#channel.addEventListener('message', (message: MessageEvent) => {
      if (typeof message.data !== 'string') return
      const atMs = performance.now()
      this.#trust()
      for (const event of parseServerEvent(message.data)) this.#options.events.onEvent(event, (this.#order += 1), atMs)
    })
    // The channel may close alone while the peer connection still calls itself connected.
    this.#channel.addEventListener('close', () => this.#close('channel-closed'))
    this.#peer.addEventListener('connectionstatechange', () => {
      if (this.#peer.connectionState === 'failed') this.#close('connection-failed')
      if (this.#peer.connectionState === 'disconnected') this.#onHealth('stalled')
      if (this.#peer.connectionState === 'connected') this.#onHealth('steady')
    })
    this.#peer.addEventListener('track', (event: RTCTrackEvent) => {
      this.#options.events.onRemoteStream(event.streams[0] ?? new MediaStream([event.track]))
    })
  }

  async #exchange(offer: string): Promise<string> {
    const { secret } = this.#options
    const response = await fetch(new URL(secret.callUrl, location.href), {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret.value}` },
      body: offer,
      signal: this.#abort.signal,
    })
    if (response.ok) return await response.text()
    const retryAfterMs = Number(response.headers.get('retry-after')) * 1_000
    if (retryAfterMs > 0)
      throw new ApiFault('PROVIDER_UNAVAILABLE', 'There is no room for a call.', { isRetryable: true, retryAfterMs })
    throw new Error(`The call was refused (${response.status})`)
  }

  async #untilOpen(): Promise<void> {
    if (this.#channel.readyState === 'open') return
    await new Promise<void>((resolve, reject) => {
      const fail = (): void =>
        reject(
          this.#abort.signal.reason instanceof Error
            ? this.#abort.signal.reason
            : new Error('The call could not be connected'),
        )
      this.#channel.addEventListener('open', () => resolve(), { once: true })
      this.#channel.addEventListener('close', fail, { once: true })
      this.#abort.signal.addEventListener('abort', fail, { once: true })
    })
  }

  #onHealth(health: CallHealth): void {
    if (health === 'steady') this.#trust()
    else if (this.#state === 'connected') {
      this.#enter('unsteady', null)
      this.#doubt = setTimeout(() => this.#close('connection-failed'), doubtMs)
      // A provider may send nothing in its silences, but it answers: this changes nothing and asks for a word.
      this.send({ type: 'session.update', session: { type: 'realtime' } })
    }
  }

  /** A sign of life. */
  #trust(): void {
    if (this.#state !== 'unsteady') return
    this.#forgetDoubt()
    this.#enter('connected', null)
  }

  #forgetDoubt(): void {
    if (this.#doubt !== null) clearTimeout(this.#doubt)
    this.#doubt = null
  }

  #close(end: CallEnd): void {
    if (this.#state === 'closed') return
    this.#stopWatching?.()
    this.#forgetDoubt()
    this.#enter('closed', end)
    this.#abort.abort(new Error('The call ended before it was connected'))
    this.#channel.close()
    this.#peer.close()
  }

  #enter(state: CallState, end: CallEnd | null): void {
    if (state === this.#state) return
    this.#state = state
    this.#options.events.onState(state, end)
  }
}
