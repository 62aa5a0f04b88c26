/**
 * Runs one task of a speaking test: its clock, its recorder, and the outbox that keeps every second as it is spoken. The
 * answer stays held back there until the learner hands it in: so a closed page loses neither the answer nor the choice.
 */
import { createLevelMeter, type LevelMeter } from './level-meter.ts'
import type { Microphone } from './microphone.ts'
import type { Outbox } from './outbox.ts'
import { startRecorder, type Recorder, type RecorderEvents } from './recorder.ts'
import { stepTask, type StopCause, type TaskEvent, type TaskRun, type TaskTimes } from './task-run.ts'
import { VoiceEar } from './voice-ear.ts'

export interface RunnableTask extends TaskTimes {
  /** Of a speaking test. */
  id?: string
  /** From 1; its recording is the part of this number. */
  index: number
}

export interface TaskRunnerOptions {
  sessionId: string
  task: RunnableTask
  outbox: Outbox
  /** What is recorded from; null while there is no microphone. */
  getSound: () => { context: AudioContext; microphone: Microphone } | null
  /** The answer was handed in and may be sent. */
  onSent: () => void
  record?: (context: AudioContext, learner: MediaStream, events: RecorderEvents) => Promise<Recorder>
  createMeter?: (context: AudioContext, stream: MediaStream) => LevelMeter
}

export interface TaskState {
  run: TaskRun
  /** Why the last attempt to record came to nothing. */
  hasFailed: boolean
}

const tickMs = 100

export class TaskRunner {
  readonly #options: TaskRunnerOptions
  readonly #listeners = new Set<() => void>()
  #state: TaskState = { run: { phase: 'waiting' }, hasFailed: false }
  #clock: ReturnType<typeof setInterval> | undefined
  #recorder: Recorder | null = null
  #meter: LevelMeter | null = null
  #ear = new VoiceEar()
  #forgetLoss: (() => void) | null = null
  #isClosed = false

  constructor(options: TaskRunnerOptions) {
    this.#options = options
  }

  get = (): TaskState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  begin = (): void => this.#apply({ type: 'begin' })
  ready = (): void => this.#apply({ type: 'ready' })
  again = (): void => this.#apply({ type: 'again' })
  stop = (cause: StopCause = 'learner'): void => this.#apply({ type: 'stop', cause })

  /** Takes up the answer that an earlier visit left, where there is one. */
  async findDraft(): Promise<void> {
    const { outbox, sessionId, task } = this.#options
    const draft = (await outbox.listParts(sessionId)).find(({ part }) => part === task.index)
    if (!draft?.isHeldBack || draft.durationMs === 0) return
    const { durationMs } = draft
    this.#apply({ type: 'recorded', answer: { durationMs, isHeard: null, cause: 'left' } })
  }

  /** Hands the answer in: from here on it is sent, and stays as it is. */
  async send(): Promise<void> {
    if (this.#state.run.phase !== 'review') return
    const { outbox, sessionId, task, onSent } = this.#options
    await outbox.updatePart(sessionId, task.index, { isHeldBack: false })
    this.#apply({ type: 'send' })
    onSent()
  }

  /** The page goes elsewhere: what is being said is kept, as far as it has come. */
  close(): void {
    this.#isClosed = true
    this.stop('left')
    clearInterval(this.#clock)
  }

  #apply(event: TaskEvent): void {
    const before = this.#state.run
    const run = stepTask(before, event, this.#options.task, performance.now())
    if (run === before) return
    this.#set({ run, hasFailed: event.type === 'failed' })
    this.#keepTime(run)
    if (run.phase === 'starting') void this.#record()
    if (run.phase === 'stopping') void this.#finish(run.cause)
  }

  #keepTime({ phase }: TaskRun): void {
    clearInterval(this.#clock)
    if (phase !== 'preparing' && phase !== 'recording') return
    this.#clock = setInterval(() => {
      if (this.#meter) this.#ear.read(this.#meter.read(), performance.now())
      this.#apply({ type: 'tick' })
    }, tickMs)
  }

  async #record(): Promise<void> {
    const { outbox, sessionId, task, record = startRecorder, createMeter = createLevelMeter } = this.#options
    const part = task.index
    try {
      const sound = this.#options.getSound()
      if (!sound) throw new Error('There is no microphone')
      await sound.context.resume()
      await outbox.removePart(sessionId, part)
      const { stream } = sound.microphone
      this.#recorder = await record(sound.context, stream, {
        onSlice: (bytes, index) => this.#keepSlice(bytes, index),
        onProblem: () => this.stop('microphone-lost'),
      })
      const { mimeType } = this.#recorder
      const place = { sessionId, part, startMs: 0, ...(task.id !== undefined && { taskId: task.id }) }
      await outbox.putPart({ ...place, mimeType, durationMs: 0, isUploaded: false, isHeldBack: true })
      this.#ear = new VoiceEar()
      this.#meter = createMeter(sound.context, stream)
      this.#forgetLoss = sound.microphone.onLost(() => this.stop('microphone-lost'))
      this.#apply({ type: 'recording' })
      if (this.#isClosed) this.stop('left')
    } catch {
      await this.#recorder?.stop().catch(() => undefined)
      this.#apply({ type: 'failed' })
    }
  }

  async #finish(cause: StopCause): Promise<void> {
    const { outbox, sessionId, task } = this.#options
    const durationMs = Math.round(performance.now() - (this.#recorder?.startedAtMs ?? performance.now()))
    this.#forgetLoss?.()
    this.#meter?.close()
    this.#meter = null
    await this.#recorder?.stop()
    this.#recorder = null
    await outbox.updatePart(sessionId, task.index, { durationMs })
    this.#apply({ type: 'recorded', answer: { durationMs, isHeard: this.#ear.isHeard, cause } })
  }

  async #keepSlice(bytes: ArrayBuffer, index: number): Promise<void> {
    const { outbox, sessionId, task } = this.#options
    await outbox.putSlice(sessionId, task.index, index, bytes)
    await outbox.updatePart(sessionId, task.index, { durationMs: (index + 1) * 1_000 })
  }

  #set(state: TaskState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}
