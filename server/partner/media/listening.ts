/** One call's ear: the learner's sound, freed of the partner's own, to turns. Holds the playout when somebody speaks over it. */
import { BargeIn } from './barge-in.ts'
import { EchoGuard } from './echo-guard.ts'
import { createListeningRate } from './listening-rate.ts'
import type { Playout } from './playout.ts'
import { FRAME_SAMPLES } from './peer-transport.ts'
import { TurnDetector, type ListeningSettings, type TurnEvent } from './turn-detector.ts'
import { WINDOW_SAMPLES, type VoiceActivity, type VoiceActivityPool } from './voice-activity.ts'

const SILENCE = new Int16Array(FRAME_SAMPLES)

export class Listening {
  readonly #activities: VoiceActivityPool
  readonly #bargeIn: BargeIn
  readonly #echo = new EchoGuard()
  readonly #toListeningRate = createListeningRate()
  readonly #window = new Float32Array(WINDOW_SAMPLES)
  #filled = 0
  #activity: VoiceActivity
  #threshold: number

  constructor(
    activities: VoiceActivityPool,
    playout: Playout,
    settings: ListeningSettings,
    emit: (event: TurnEvent) => void,
  ) {
    this.#activities = activities
    this.#bargeIn = new BargeIn(playout, new TurnDetector(settings, emit), settings)
    this.#threshold = settings.threshold
    this.#activity = activities.take(settings.threshold)
  }

  listen(settings: ListeningSettings) {
    if (settings.threshold !== this.#threshold) {
      this.#threshold = settings.threshold
      this.#activity.release()
      this.#activity = this.#activities.take(settings.threshold)
    }
    this.#bargeIn.listen(settings)
  }

  /** Each frame that goes out to the learner; null is silence. */
  played(frame: Int16Array | null) {
    this.#echo.played(frame ?? SILENCE, frame === null)
  }

  heard(samples: Int16Array, sampleRate: number) {
    for (const sample of this.#toListeningRate(samples, sampleRate)) {
      this.#window[this.#filled] = sample
      this.#filled += 1
      if (this.#filled < WINDOW_SAMPLES) continue
      this.#filled = 0
      this.#judge(this.#window.slice())
    }
  }

  /** Ends the turn now: its sound at 16 kHz, or null when there was no speech. */
  commit(): Int16Array | null {
    return this.#bargeIn.commit()
  }

  clear() {
    this.#bargeIn.clear()
  }

  /** Nothing may be heard after. */
  release() {
    this.#activity.release()
  }

  #judge(window: Float32Array) {
    const isVoiced = this.#activity.isVoiced(window)
    const isEcho = this.#echo.isEcho(window, isVoiced)
    this.#bargeIn.push(window, isVoiced && !isEcho)
  }
}
