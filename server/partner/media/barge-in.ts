/**
 * Who has the floor while the partner is heard. At the first sign of a voice its sound is held; only what goes on is an
 * interruption. A short "mhm", a "yeah" or a cough is none: then the partner goes on where it was, and nothing is told.
 */
import type { Playout } from './playout.ts'
import type { ListeningSettings, TurnDetector } from './turn-detector.ts'
import { WINDOW_MS } from './voice-activity.ts'

/** Less voice than this, and then silence, is a sign of listening: a "mhm" or a "yeah" lasts 0.3 to 0.6 s. */
const BACKCHANNEL_MOST_MS = 650
const BACKCHANNEL_QUIET_MS = 256
/** Less than this was no voice at all: the partner goes on sooner. */
const NOISE_MOST_MS = 96
const NOISE_QUIET_MS = 128
/** Whatever it is that comes and goes for so long: somebody wants to be heard. */
const TRIAL_MOST_MS = 1_600
/** A short word in the last moments of what the partner says is an answer, not a sign of listening. */
const LAST_MOMENTS_MS = 400
/** Each hold for nothing asks for one more window of voice before the next, for some time: rather late than stuttering. */
const MOST_ONSET_WINDOWS = 3
const WARY_MS = 10_000
/** Quieter than this (RMS) nobody speaks over the partner: it is a fan, or a faint echo. */
const LEAST_LOUDNESS = 0.004

interface Trial {
  windows: { samples: Float32Array; isVoiced: boolean }[]
  voicedMs: number
  quietMs: number
}

export class BargeIn {
  readonly #playout: Playout
  readonly #turns: TurnDetector
  #settings: ListeningSettings
  #trial: Trial | null = null
  #voicedRun = 0
  #onsetWindows = 1
  #wariness = 0

  constructor(playout: Playout, turns: TurnDetector, settings: ListeningSettings) {
    this.#playout = playout
    this.#turns = turns
    this.#settings = settings
  }

  listen(settings: ListeningSettings) {
    this.#settings = settings
    this.#turns.listen(settings)
    if (!this.#canInterrupt()) this.#settle(true)
  }

  /** One window of sound, as VoiceActivity judged it. */
  push(samples: Float32Array, isVoiced: boolean) {
    this.#calmDown()
    const isHeard = isVoiced && (this.#trial !== null || !this.#playout.isSounding || isLoud(samples))
    this.#voicedRun = isHeard ? this.#voicedRun + 1 : 0
    if (!this.#trial && this.#voicedRun >= this.#onsetWindows && this.#canInterrupt() && this.#isPartnerAlone()) {
      this.#playout.hold()
      // The window before was the first of this voice, and told as silence.
      this.#trial = { windows: [], voicedMs: this.#voicedRun * WINDOW_MS, quietMs: 0 }
    }
    if (this.#trial) this.#try(this.#trial, samples, isHeard)
    else this.#turns.push(samples, isHeard)
    this.#letGo()
  }

  /** Ends the turn now: its sound, or null when there was no speech. */
  commit(): Int16Array | null {
    this.#settle(true)
    return this.#turns.commit()
  }

  clear() {
    this.#settle(false)
    this.#turns.clear()
    this.#letGo()
  }

  #canInterrupt(): boolean {
    return this.#settings.interruptsResponse && this.#settings.silenceMs !== null
  }

  #isPartnerAlone(): boolean {
    return this.#playout.isSounding && !this.#turns.isInTurn
  }

  #calmDown() {
    this.#wariness = Math.max(0, this.#wariness - WINDOW_MS)
    if (this.#wariness === 0) this.#onsetWindows = 1
  }

  #try(trial: Trial, samples: Float32Array, isVoiced: boolean) {
    trial.windows.push({ samples, isVoiced })
    if (isVoiced) trial.voicedMs += WINDOW_MS
    trial.quietMs = isVoiced ? 0 : trial.quietMs + WINDOW_MS
    const isLong = trial.voicedMs >= BACKCHANNEL_MOST_MS || trial.windows.length * WINDOW_MS >= TRIAL_MOST_MS
    const isOver = trial.quietMs >= (trial.voicedMs <= NOISE_MOST_MS ? NOISE_QUIET_MS : BACKCHANNEL_QUIET_MS)
    // The sound may have ended meanwhile, by the client's wish: then this is a turn like any other.
    if (isLong || !this.#playout.isSounding) this.#settle(true)
    else if (isOver) {
      if (trial.voicedMs <= NOISE_MOST_MS) {
        this.#wariness = WARY_MS
        this.#onsetWindows = Math.min(MOST_ONSET_WINDOWS, this.#onsetWindows + 1)
      }
      this.#settle((this.#playout.remainingMs ?? Infinity) <= LAST_MOMENTS_MS)
    }
  }

  #settle(isSpeech: boolean) {
    const trial = this.#trial
    this.#trial = null
    for (const { samples, isVoiced } of trial?.windows ?? []) this.#turns.push(samples, isSpeech && isVoiced)
  }

  /** Sound is held only while it is being found out, or while somebody speaks whom the main process lets interrupt. */
  #letGo() {
    if (this.#playout.isHeld && !this.#trial && !(this.#turns.isInTurn && this.#canInterrupt())) this.#playout.resume()
  }
}

function isLoud(samples: Float32Array): boolean {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return sum >= LEAST_LOUDNESS * LEAST_LOUDNESS * samples.length
}
