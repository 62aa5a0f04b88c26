/** The learner's voice in the sound of one call: what the model calls a voice, and is not the partner's own come back. */
import { EchoGuard } from './echo-guard.ts'
import type { VoiceActivity } from './voice-activity.ts'

export class HeardVoice {
  readonly #activity: VoiceActivity
  readonly #echo = new EchoGuard()

  constructor(activity: VoiceActivity) {
    this.#activity = activity
  }

  /** Of the next window. `played`: each frame that went out since the last; null is silence. */
  isIn(window: Float32Array, played: readonly (Int16Array | null)[]): boolean {
    for (const frame of played) this.#echo.played(frame)
    const isVoiced = this.#activity.isVoiced(window)
    return !this.#echo.isEcho(window, isVoiced) && isVoiced
  }

  release() {
    this.#activity.release()
  }
}
