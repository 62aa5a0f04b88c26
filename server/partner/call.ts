/** One call: joins the protocol core to the media process and to those who listen in, and ends when either side has gone. */
import { randomBytes } from 'node:crypto'
import type { CallCommand, CallEvent } from './media/media-messages.ts'
import type { ListeningSettings } from './media/turn-detector.ts'
import type { PartnerMind } from './protocol/partner-mind.ts'
import { RealtimeSession } from './protocol/realtime-session.ts'
import type { ServerEvent } from './protocol/server-events.ts'
import type { SessionConfig, TurnSettings } from './session/session-config.ts'
import type { Scenario } from './session/scenario.ts'
import { ScenarioRun } from './session/scenario-run.ts'

export interface CallParts {
  command: (command: CallCommand) => void
  mind: PartnerMind
  tier: number
  config: SessionConfig
  /** The session ends itself after this. */
  longestMs: number
  scenario: Scenario | null
  /** Called once when the call is over. */
  ended: (reason: string) => void
}

/** One who follows a call beside the learner's browser. */
export interface Listener {
  /** A server event as JSON. */
  text(text: string): void
  ended(): void
}

/** What was sent last must reach the browser before the connection is closed. */
const LAST_WORDS_MS = 300

export class Call {
  readonly #parts: CallParts
  readonly #session: RealtimeSession
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #listeners = new Set<Listener>()
  readonly #scenario: ScenarioRun | null
  #committing: ((utterance: Int16Array | null) => void)[] = []
  #isOver = false

  constructor(parts: CallParts) {
    this.#parts = parts
    const { command, scenario, mind, tier, config } = parts
    const schedule = (delayMs: number, work: () => void) => this.#schedule(delayMs, work)
    const nowMs = () => performance.now()
    this.#scenario =
      scenario &&
      new ScenarioRun(scenario, {
        send: (event) => this.#send(event),
        report: (event) => this.take(event),
        command,
        schedule,
        nowMs,
      })
    this.#session = new RealtimeSession(
      {
        send: (event) => (this.#scenario ? this.#scenario.send(event) : this.#send(event)),
        play: (responseId, itemId, pcm) => command({ type: 'play', responseId, itemId, pcm }),
        endPlaying: (responseId) => command({ type: 'play-end', responseId }),
        stopPlaying: () => command({ type: 'stop-playing' }),
        listen: (settings) => command({ type: 'listen', settings: toListeningSettings(settings) }),
        commitInput: () => this.#commitInput(),
        clearInput: () => command({ type: 'clear-input' }),
        newId,
        nowMs,
        schedule,
      },
      mind,
      tier,
      config,
    )
    schedule(parts.longestMs, () => this.#expire())
  }

  /** What the media process reports of this call. */
  take(event: CallEvent) {
    if (this.#isOver) return
    switch (event.type) {
      case 'channel-open':
        this.#session.start()
        return this.#scenario?.channelOpened()
      case 'text':
        return this.receive(event.text)
      case 'speech-started':
        return this.#session.speechStarted(event.atMs)
      case 'speech-paused':
        return this.#session.speechPaused(event.utterance)
      case 'speech-resumed':
        return this.#session.speechResumed()
      case 'speech-stopped':
        return this.#session.speechStopped(event.atMs, event.utterance)
      case 'committed':
        return this.#committing.shift()?.(event.utterance)
      case 'playing-started':
        return this.#session.playingStarted(event.responseId)
      case 'playing-drained':
        return this.#session.playingDrained(event.responseId)
      case 'playing-stopped':
        return this.#session.playingStopped(event.responseId, event.itemId, event.playedMs)
      case 'gone':
        return this.#end(event.reason)
    }
  }

  /** A client event as JSON, from the browser or from one who follows the call. */
  receive(text: string) {
    if (!this.#isOver) void this.#session.receive(text)
  }

  /** Tells a listener what the session is now, and everything that it sends from now on. Returns how to leave. */
  attach(listener: Listener): () => void {
    listener.text(JSON.stringify(this.#session.snapshot()))
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  hangUp() {
    if (this.#isOver) return
    this.#parts.command({ type: 'close' })
    this.#end('hung-up')
  }

  #send(event: ServerEvent) {
    const text = JSON.stringify(event)
    this.#parts.command({ type: 'send', text })
    for (const listener of this.#listeners) listener.text(text)
  }

  #commitInput(): Promise<Int16Array | null> {
    const { promise, resolve } = Promise.withResolvers<Int16Array | null>()
    this.#committing.push(resolve)
    this.#parts.command({ type: 'commit' })
    return promise
  }

  #expire() {
    this.#session.expire()
    this.#schedule(LAST_WORDS_MS, () => this.hangUp())
  }

  #schedule(delayMs: number, work: () => void): () => void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      work()
    }, delayMs)
    this.#timers.add(timer)
    return () => {
      clearTimeout(timer)
      this.#timers.delete(timer)
    }
  }

  #end(reason: string) {
    this.#isOver = true
    this.#session.end()
    for (const timer of this.#timers) clearTimeout(timer)
    for (const settle of this.#committing) settle(null)
    for (const listener of this.#listeners) listener.ended()
    this.#listeners.clear()
    this.#parts.ended(reason)
  }
}

/** Ids in the form of the API: a prefix and random letters. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(15).toString('base64url')}`
}

/** What of a session's turn settings the media process acts on. */
export function toListeningSettings(settings: TurnSettings): ListeningSettings {
  const { silenceMs, threshold, prefixPaddingMs, interruptsResponse } = settings
  return { silenceMs, threshold, prefixPaddingMs, interruptsResponse }
}
