/**
 * The speech model, in a process of its own: it is checked, loaded, asked, and started again when it dies, up to a point.
 * Whoever asks while it is away gets no words, and goes on without it.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Log } from '../log.ts'
import { checkModel, SpeechModelError, type CheckedModel } from './model-files.ts'
import type { ModelReport, ModelRequest } from './model-messages.ts'

export interface SpeechModel {
  /** It can be asked now. */
  readonly isReady: boolean
  /** As people know it; null where it cannot be used, or not any more. While it is started anew it has its name. */
  readonly name: string | null
  /** Resolves when the first try to load it has come to an end, good or bad. */
  readonly firstStart: Promise<void>
  /** What was said (16 kHz), '' for nothing; null when the model is away or took too long. Never throws. */
  recognise(utterance: Int16Array): Promise<string | null>
  close(): Promise<void>
}

export interface SpeechModelOptions {
  directory: string
  log: Log
  /** The process that has the model; another one for tests. */
  entry?: string
  /** Before the first new start; doubles with each that follows at once. */
  restartAfterMs?: number
}

const LOAD_LIMIT_MS = 120_000
const ANSWER_LIMIT_MS = 20_000
/** One that lived for this long was well: what comes after is counted anew. */
const WELL_AFTER_MS = 60_000
const MOST_CRASHES = 5

/** Checks and loads it meanwhile. One that cannot be used stays away, and the log says why. Never throws. */
export function startSpeechModel(options: SpeechModelOptions): SpeechModel {
  return new ModelProcess(options)
}

class ModelProcess implements SpeechModel {
  readonly #options: SpeechModelOptions
  readonly #firstStart = Promise.withResolvers<void>()
  readonly #asked = new Map<number, (text: string | null) => void>()
  #model: CheckedModel | null = null
  #child: ChildProcess | null = null
  #restart: NodeJS.Timeout | undefined
  #isReady = false
  #isClosing = false
  #crashes = 0
  #lastId = 0

  constructor(options: SpeechModelOptions) {
    this.#options = options
    void this.#begin()
  }

  get firstStart() {
    return this.#firstStart.promise
  }

  get isReady() {
    return this.#isReady
  }

  get name() {
    return this.#model?.name ?? null
  }

  recognise(utterance: Int16Array): Promise<string | null> {
    if (!this.#isReady) return Promise.resolve(null)
    const id = ++this.#lastId
    return new Promise((resolve) => {
      const settle = (text: string | null) => {
        clearTimeout(late)
        this.#asked.delete(id)
        resolve(text)
      }
      const late = setTimeout(() => settle(null), ANSWER_LIMIT_MS)
      this.#asked.set(id, settle)
      this.#tell({ type: 'recognise', id, utterance })
    })
  }

  async close() {
    this.#isClosing = true
    clearTimeout(this.#restart)
    const child = this.#child
    if (!child) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  async #begin() {
    const { directory, log } = this.#options
    try {
      this.#model = await checkModel(directory)
    } catch (error) {
      const reason = error instanceof SpeechModelError ? error.message : `${directory} cannot be checked`
      log.error('speech-model-refused', { reason })
      return this.#firstStart.resolve()
    }
    if (!this.#isClosing) this.#launch(this.#model)
  }

  #launch({ config }: CheckedModel) {
    const startedAtMs = Date.now()
    const entry = this.#options.entry ?? fileURLToPath(new URL('./model-child.ts', import.meta.url))
    const child = fork(entry, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    this.#child = child
    const late = setTimeout(() => child.kill('SIGKILL'), LOAD_LIMIT_MS)
    child.on('message', (report: ModelReport) => {
      if (report.type === 'ready') clearTimeout(late)
      this.#take(report)
    })
    child.on('error', () => {})
    child.once('exit', (code, signal) => {
      clearTimeout(late)
      this.#ended(Date.now() - startedAtMs, signal ?? String(code))
    })
    this.#tell({ type: 'load', config })
  }

  #tell(request: ModelRequest) {
    // It may have died a moment ago: what was asked is answered when its end is told.
    this.#child?.send(request, () => {})
  }

  #take(report: ModelReport) {
    if (report.type === 'ready') {
      this.#options.log.info('speech-model-ready', { name: this.#model?.name ?? '' })
      this.#firstStart.resolve()
      this.#isReady = true
      return
    }
    if (report.type === 'failed') this.#options.log.error('speech-model-failed', { reason: report.reason })
    this.#asked.get(report.id)?.(report.type === 'recognised' ? report.text : null)
  }

  #ended(lifeMs: number, by: string) {
    this.#child = null
    this.#isReady = false
    for (const settle of this.#asked.values()) settle(null)
    this.#firstStart.resolve()
    const model = this.#model
    if (this.#isClosing || !model) return
    const { directory, log, restartAfterMs = 1_000 } = this.#options
    this.#crashes = lifeMs > WELL_AFTER_MS ? 1 : this.#crashes + 1
    if (this.#crashes >= MOST_CRASHES) {
      this.#model = null
      return log.error('speech-model-given-up', { directory, by, crashes: this.#crashes })
    }
    log.error('speech-model-ended', { directory, by })
    this.#restart = setTimeout(() => this.#launch(model), restartAfterMs * 2 ** (this.#crashes - 1))
  }
}
