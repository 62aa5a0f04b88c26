/** One call's ear: the learner's sound, freed of the partner's own, to turns. Holds the playout when somebody speaks over it. */
import { BargeIn } from './barge-in.ts'
import { createListeningRate } from './listening-rate.ts'
import type { Playout } from './playout.ts'
import { TurnDetector, type ListeningSettings, type TurnEvent } from './turn-detector.ts'
import { WINDOW_SAMPLES } from './voice-activity.ts'
import type { VoiceJudge, VoiceJudges } from './voice-judges.ts'

/** Of 2 s: what was played longer ago comes back no more. Only a microphone that sends nothing lets it come to that. */
const MOST_FRAMES = 200

export class Listening {
  readonly #judges: VoiceJudges
  readonly #bargeIn: BargeIn
  readonly #toListeningRate = createListeningRate()
  readonly #window = new Float32Array(WINDOW_SAMPLES)
  #filled = 0
  #played: (Int16Array | null)[] = []
  #judge: VoiceJudge
  #threshold: number

  constructor(judges: VoiceJudges, playout: Playout, settings: ListeningSettings, emit: (event: TurnEvent) => void) {
    this.#judges = judges
    this.#bargeIn = new BargeIn(playout, new TurnDetector(settings, emit), settings)
    this.#threshold = settings.threshold
    this.#judge = judges.take(settings.threshold)
  }

  listen(settings: ListeningSettings) {
    if (settings.threshold !== this.#threshold) {
      this.#threshold = settings.threshold
      // What it was given is judged first: a turn that is being committed waits for it.
      const former = this.#judge
      former.afterJudged(() => former.release())
      this.#judge = this.#judges.take(settings.threshold)
    }
    this.#bargeIn.listen(settings)
  }

  /** Each frame that goes out to the learner; null is silence. */
  played(frame: Int16Array | null) {
    this.#played.push(frame)
    if (this.#played.length > MOST_FRAMES) this.#played.shift()
  }

  heard(samples: Int16Array, sampleRate: number) {
    for (const sample of this.#toListeningRate(samples, sampleRate)) {
      this.#window[this.#filled] = sample
      this.#filled += 1
      if (this.#filled < WINDOW_SAMPLES) continue
      this.#filled = 0
      this.#hear(this.#window.slice())
    }
  }

  /** Ends the turn with all that was heard until now: its sound at 16 kHz, or null when there was no speech. */
  commit(committed: (utterance: Int16Array | null) => void) {
    this.#judge.afterJudged(() => committed(this.#bargeIn.commit()))
  }

  clear() {
    this.#judge.afterJudged(() => this.#bargeIn.clear())
  }

  /** Nothing may be heard after. */
  release() {
    this.#judge.release()
  }

  #hear(window: Float32Array) {
    this.#judge.judge(window, this.#played.splice(0), (isVoiced) => this.#bargeIn.push(window, isVoiced))
  }
}
