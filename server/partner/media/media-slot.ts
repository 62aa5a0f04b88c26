/** One media process as the main process sees it: started anew when it dies, with the calls that are in it. */
import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import type { CallCommand, CallEvent, MediaCommand, MediaReport, MediaStats } from './media-messages.ts'
import type { ListeningSettings } from './turn-detector.ts'

/** The offer is not one that can be answered; the message is the library's. */
export class OfferRefusedError extends Error {}
/** No media process is there to answer, or it did not in time. */
export class MediaUnavailableError extends Error {}
/** The process died meanwhile: another can be asked. */
export class MediaEndedError extends MediaUnavailableError {}

export interface CallOpening {
  callId: string
  offer: string
  settings: ListeningSettings
  /** Not called before the answer, nor after 'gone'. */
  onEvent: (event: CallEvent) => void
}

const ANSWER_LIMIT_MS = 10_000
const READY_LIMIT_MS = 60_000
const STATS_LIMIT_MS = 1_000
/** A process that dies at once, again and again, is not started in a tight loop. */
const RESTART_DELAY_MS = 250

interface OpenCall {
  answered: PromiseWithResolvers<string>
  isAnswered: boolean
  onEvent: (event: CallEvent) => void
}

export class MediaSlot {
  readonly #addresses: readonly string[]
  readonly #log: Log
  readonly #calls = new Map<string, OpenCall>()
  readonly #asked = new Map<number, (stats: MediaStats) => void>()
  #lastAskedId = 0
  #isClosing = false
  #isReady = false
  #child: ChildProcess
  #ready: Promise<void>

  constructor(addresses: readonly string[], log: Log) {
    this.#addresses = addresses
    this.#log = log
    const launched = this.#launch()
    this.#child = launched.child
    this.#ready = launched.ready
  }

  /** A call opened now is answered at once. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Calls in it and on their way into it. */
  get load(): number {
    return this.#calls.size
  }

  has(callId: string): boolean {
    return this.#calls.has(callId)
  }

  /** Resolves once the process, or the one after it, is warm. Throws MediaUnavailableError. */
  ready(): Promise<void> {
    return this.#ready
  }

  /** The answer. Throws OfferRefusedError, MediaUnavailableError, MediaEndedError. */
  async open({ callId, offer, settings, onEvent }: CallOpening): Promise<string> {
    const answered = Promise.withResolvers<string>()
    this.#calls.set(callId, { answered, isAnswered: false, onEvent })
    const late = setTimeout(
      () => answered.reject(new MediaUnavailableError('The media process did not answer')),
      ANSWER_LIMIT_MS,
    )
    this.#tell({ type: 'open', callId, offer, addresses: this.#addresses, settings })
    try {
      return await answered.promise
    } catch (error) {
      this.#calls.delete(callId)
      this.#tell({ type: 'call', callId, command: { type: 'close' } })
      throw error
    } finally {
      clearTimeout(late)
    }
  }

  command(callId: string, command: CallCommand) {
    if (command.type === 'close') this.#calls.delete(callId)
    this.#tell({ type: 'call', callId, command })
  }

  /** Null when the process does not tell. */
  async stats(): Promise<MediaStats | null> {
    if (!this.#isReady) return null
    const id = ++this.#lastAskedId
    const told = new Promise<MediaStats>((resolve) => this.#asked.set(id, resolve))
    this.#tell({ type: 'stats', id })
    const limit = new AbortController()
    try {
      return await Promise.race([told, delay(STATS_LIMIT_MS, null, { signal: limit.signal })])
    } finally {
      limit.abort()
      this.#asked.delete(id)
    }
  }

  async close() {
    this.#isClosing = true
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    if (child.connected) child.disconnect()
    const kill = setTimeout(() => child.kill('SIGKILL'), 1_500)
    await ended
    clearTimeout(kill)
  }

  #launch(): { child: ChildProcess; ready: Promise<void> } {
    const child = fork(fileURLToPath(new URL('./media-child.ts', import.meta.url)), {
      serialization: 'advanced',
      stdio: ['ignore', 2, 2, 'ipc'],
    })
    const ready = Promise.withResolvers<void>()
    ready.promise.catch(() => {})
    const late = setTimeout(
      () => ready.reject(new MediaUnavailableError('The media process did not start')),
      READY_LIMIT_MS,
    )
    child.on('message', (report: MediaReport) => {
      if (report.type === 'ready') {
        clearTimeout(late)
        this.#isReady = true
        ready.resolve()
      } else if (report.type === 'stats') this.#asked.get(report.id)?.(report.stats)
      else this.#route(report)
    })
    child.on('error', () => child.kill('SIGKILL'))
    child.on('exit', (code, signal) => {
      clearTimeout(late)
      this.#isReady = false
      ready.reject(new MediaEndedError('The media process has ended'))
      this.#failAll()
      if (!this.#isClosing) this.#restart(code, signal)
    })
    return { child, ready: ready.promise }
  }

  #restart(code: number | null, signal: string | null) {
    this.#log.error('media-process-ended', { code, signal })
    // Whoever has to wait waits for the new process instead of meeting the dead one.
    this.#ready = delay(RESTART_DELAY_MS).then(async () => {
      if (this.#isClosing) throw new MediaUnavailableError('The partner is closing')
      const launched = this.#launch()
      this.#child = launched.child
      await launched.ready
    })
    this.#ready.catch(() => {})
  }

  #route(report: Extract<MediaReport, { callId: string }>) {
    const call = this.#calls.get(report.callId)
    if (!call) return
    if (report.type === 'answered') {
      call.isAnswered = true
      call.answered.resolve(report.answer)
    } else if (report.type === 'refused') call.answered.reject(new OfferRefusedError(report.reason))
    else {
      if (report.event.type === 'gone') this.#calls.delete(report.callId)
      call.onEvent(report.event)
    }
  }

  #failAll() {
    for (const [callId, call] of this.#calls) {
      this.#calls.delete(callId)
      call.answered.reject(new MediaEndedError('The media process has ended'))
      if (call.isAnswered) call.onEvent({ type: 'gone', reason: 'media-process-ended' })
    }
  }

  #tell(command: MediaCommand) {
    // A process that just died reports it by its exit; what was said to it in between is lost with it.
    if (this.#child.connected) this.#child.send(command, () => {})
  }
}
