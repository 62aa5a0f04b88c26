/**
 * All sound of a live session in one place: the learner's microphone, the partner's voice on an audio element, the
 * recorder that hears both, and how loud each is now.
 */
import { createLevelMeter, type LevelMeter } from './level-meter.ts'
import type { Microphone } from './microphone.ts'
import type { Outbox } from './outbox.ts'
import { startRecorder, type Recorder } from './recorder.ts'

export interface LiveSoundOptions {
  context: AudioContext
  microphone: Microphone
  /** One that takes every slice, the disk being full or not. */
  outbox: Outbox
  sessionId: string
  /** The session's start on the page's clock. */
  zeroMs: number
  /** Nothing can be recorded here. */
  onUnrecorded: () => void
}

export class LiveSound {
  readonly #options: LiveSoundOptions
  readonly #audio = new Audio()
  #microphone: Microphone
  #recorder: Recorder | null = null
  #partner: MediaStream | null = null
  #learnerMeter: LevelMeter
  #partnerMeter: LevelMeter | null = null

  constructor(options: LiveSoundOptions) {
    this.#options = options
    this.#microphone = options.microphone
    this.#learnerMeter = createLevelMeter(options.context, options.microphone.stream)
    this.#audio.autoplay = true
  }

  get microphone(): Microphone {
    return this.#microphone
  }

  async startRecording(): Promise<void> {
    const { context, outbox, sessionId, zeroMs, onUnrecorded } = this.#options
    try {
      await context.resume()
      const parts = await outbox.listParts(sessionId)
      const part = (parts.at(-1)?.part ?? 0) + 1
      const recorder = await startRecorder(context, this.#microphone.stream, {
        onSlice: (bytes, index) => this.#keepSlice(part, bytes, index),
        onProblem: onUnrecorded,
      })
      this.#recorder = recorder
      if (this.#partner) recorder.setPartner(this.#partner)
      const startMs = Math.max(0, Math.round(recorder.startedAtMs - zeroMs))
      await outbox.putPart({ sessionId, part, mimeType: recorder.mimeType, startMs, durationMs: 0, isUploaded: false })
    } catch {
      onUnrecorded()
    }
  }

  setPartner(stream: MediaStream): void {
    this.#partner = stream
    // A remote track is heard by WebAudio, and so by the recorder, only while it also plays on an element.
    this.#audio.srcObject = stream
    void this.#audio.play().catch(() => undefined)
    this.#recorder?.setPartner(stream)
    this.#partnerMeter?.close()
    this.#partnerMeter = createLevelMeter(this.#options.context, stream)
  }

  replaceMicrophone(microphone: Microphone): void {
    this.#microphone.close()
    this.#learnerMeter.close()
    this.#microphone = microphone
    this.#learnerMeter = createLevelMeter(this.#options.context, microphone.stream)
    this.#recorder?.setLearner(microphone.stream)
  }

  readLevels(): { learner: number; partner: number } {
    return { learner: this.#learnerMeter.read(), partner: this.#partnerMeter?.read() ?? 0 }
  }

  /** The partner falls silent here; what it still sends is neither heard nor recorded. */
  silencePartner(): void {
    this.#audio.muted = true
  }

  async stopRecording(): Promise<void> {
    await this.#recorder?.stop()
  }

  close(): void {
    this.#learnerMeter.close()
    this.#partnerMeter?.close()
    this.#microphone.close()
    this.#audio.srcObject = null
    void this.#options.context.close().catch(() => undefined)
  }

  async #keepSlice(part: number, bytes: ArrayBuffer, index: number): Promise<void> {
    const { outbox, sessionId } = this.#options
    await outbox.putSlice(sessionId, part, index, bytes)
    await outbox.updatePart(sessionId, part, { durationMs: (index + 1) * 1_000 })
  }
}
