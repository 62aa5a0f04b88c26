/**
 * From windows of "voice" or "silence" to the learner's turns. Pure: time is the amount of sound heard.
 * A turn ends after `silenceMs` without speech; the sound of it leaves out long pauses, which recognition does not want.
 */
import { WINDOW_MS, WINDOW_SAMPLES } from './voice-activity.ts'

export interface ListeningSettings {
  /** null: never ends a turn by itself; the client commits. */
  silenceMs: number | null
  threshold: number
  prefixPaddingMs: number
  /** Speech of the learner makes the partner fall silent. */
  interruptsResponse: boolean
}

export type TurnEvent =
  /** `atMs` counts from the first sound of the call and includes the prefix padding. */
  | { type: 'speech-started'; atMs: number }
  /** A short silence: the turn may be over; recognition can begin already. */
  | { type: 'speech-paused'; utterance: Int16Array }
  | { type: 'speech-resumed' }
  /** `atMs` includes the silence. `utterance` is at 16 kHz. */
  | { type: 'speech-stopped'; atMs: number; utterance: Int16Array }

/** So many voiced windows in a row are speech; so many silent ones end it. The first of a voice is told as silence. */
const ONSET_WINDOWS = 3
const ONSET_MS = (ONSET_WINDOWS + 1) * WINDOW_MS
const RELEASE_WINDOWS = 3
/** Sound kept around speech, in windows of 32 ms. */
const MARGIN_WINDOWS = 10
/** Recognition may begin after this much silence, or after a quarter of a short pause: it takes a fifth of what was said. */
const EARLY_PAUSE_MS = MARGIN_WINDOWS * WINDOW_MS
const EARLY_SHARE = 1 / 4
/** The model still calls the two or three quiet windows after a voice a part of it: what is so far below the speech is silence. */
const MOST_QUIET_WINDOWS = 4
const QUIET_ENERGY = 10 ** (-30 / 10)
/** One turn holds at most a minute of sound: what is older is let go. */
const MOST_WINDOWS = Math.ceil(60_000 / WINDOW_MS)

interface HeardWindow {
  samples: Float32Array
  isSpeech: boolean
  energy: number
}

export class TurnDetector {
  readonly #emit: (event: TurnEvent) => void
  #settings: ListeningSettings
  #windows: HeardWindow[] = []
  #heardMs = 0
  #silenceMs = 0
  #voicedRun = 0
  #silentRun = RELEASE_WINDOWS
  #state: 'silent' | 'speaking' | 'paused' = 'silent'

  constructor(settings: ListeningSettings, emit: (event: TurnEvent) => void) {
    this.#settings = settings
    this.#emit = emit
  }

  /** A turn has begun and not ended. */
  get isInTurn(): boolean {
    return this.#state !== 'silent'
  }

  listen(settings: ListeningSettings) {
    const wasManual = this.#settings.silenceMs === null
    this.#settings = settings
    if (wasManual && settings.silenceMs !== null && this.#state === 'silent') this.#windows = []
  }

  push(samples: Float32Array, isVoiced: boolean) {
    this.#heardMs += WINDOW_MS
    this.#windows.push({ samples, isSpeech: false, energy: energyOf(samples) })
    const isSpeech = this.#isSpeech(isVoiced)
    const isManual = this.#settings.silenceMs === null
    const kept = this.#state === 'silent' && !isManual ? MARGIN_WINDOWS + ONSET_WINDOWS + 1 : MOST_WINDOWS
    if (this.#windows.length > kept) this.#windows.splice(0, this.#windows.length - kept)
    if (isManual && this.#state === 'silent') return
    if (isSpeech && isVoiced) this.#onSpeech()
    else this.#onSilence()
  }

  /** Ends the turn now: its sound, or null when there was no speech. */
  commit(): Int16Array | null {
    const utterance = this.#windows.some((window) => window.isSpeech) ? this.#utterance() : null
    this.clear()
    return utterance
  }

  clear() {
    this.#windows = []
    this.#silenceMs = 0
    this.#voicedRun = 0
    this.#silentRun = RELEASE_WINDOWS
    this.#state = 'silent'
  }

  /** Speech begins with some voice in a row, not with a click, and lasts over the stops within words. */
  #isSpeech(isVoiced: boolean): boolean {
    this.#voicedRun = isVoiced ? this.#voicedRun + 1 : 0
    const isOnset = this.#voicedRun >= ONSET_WINDOWS
    const isSpeech = isOnset || this.#silentRun < RELEASE_WINDOWS
    if (isOnset || (isVoiced && isSpeech)) this.#silentRun = 0
    else this.#silentRun = Math.min(RELEASE_WINDOWS, this.#silentRun + 1)
    if (isSpeech) for (const window of this.#windows.slice(isOnset ? -1 - ONSET_WINDOWS : -1)) window.isSpeech = true
    return isSpeech
  }

  #onSpeech() {
    this.#silenceMs = 0
    if (this.#state === 'silent') {
      const atMs = Math.max(0, this.#heardMs - ONSET_MS - this.#settings.prefixPaddingMs)
      this.#emit({ type: 'speech-started', atMs: Math.round(atMs) })
    }
    if (this.#state === 'paused') this.#emit({ type: 'speech-resumed' })
    this.#state = 'speaking'
  }

  #onSilence() {
    if (this.#state === 'silent') return
    if (this.#silenceMs === 0) this.#silenceMs = this.#quietWindows() * WINDOW_MS
    this.#silenceMs += WINDOW_MS
    if (
      this.#state === 'speaking' &&
      this.#silenceMs >= Math.min(EARLY_PAUSE_MS, (this.#settings.silenceMs ?? Infinity) * EARLY_SHARE)
    ) {
      this.#state = 'paused'
      this.#emit({ type: 'speech-paused', utterance: this.#utterance() })
    }
    if (this.#settings.silenceMs !== null && this.#silenceMs >= this.#settings.silenceMs - WINDOW_MS / 2) {
      const utterance = this.#utterance()
      this.clear()
      this.#emit({ type: 'speech-stopped', atMs: Math.round(this.#heardMs), utterance })
    }
  }

  /** Windows of silence at the end of the voice that the present window follows. */
  #quietWindows(): number {
    const speech = this.#windows.filter((window) => window.isSpeech)
    const least = (QUIET_ENERGY * speech.reduce((sum, { energy }) => sum + energy, 0)) / Math.max(1, speech.length)
    const lastLoud = this.#windows.slice(0, -1).findLastIndex(({ energy }) => energy >= least)
    return Math.min(MOST_QUIET_WINDOWS, this.#windows.length - 2 - lastLoud)
  }

  #utterance(): Int16Array {
    const windows = this.#windows
    const kept = windows.filter((_, index) =>
      windows.slice(Math.max(0, index - MARGIN_WINDOWS), index + MARGIN_WINDOWS + 1).some((near) => near.isSpeech),
    )
    const pcm = new Int16Array(kept.length * WINDOW_SAMPLES)
    kept.forEach((window, index) => {
      pcm.set(Int16Array.from(window.samples, toInt16), index * WINDOW_SAMPLES)
    })
    return pcm
  }
}

function energyOf(samples: Float32Array): number {
  let energy = 0
  for (const sample of samples) energy += sample * sample
  return energy
}

function toInt16(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)))
}
