/**
 * Tells the partner's own sound, come back through the learner's microphone, from the learner's voice. Pure.
 * An echo is found by likeness: the same waveform was played within the last second. Once its path is known (how late, how
 * loud in each band), sound that is no louder than the path explains is echo as well; what is louder is a voice on top of it.
 */
import { findEcho, type FoundEcho } from './echo-delay.ts'
import { FRAME_MS, FRAME_SAMPLES, PLAYOUT_RATE } from './peer-transport.ts'
import { LISTENING_RATE } from './listening-rate.ts'
import { BANDS, HOP, HOPS, SoundTrace, TRACE_RATE } from './sound-trace.ts'

/** After this much silence of the partner nothing of it can come back. */
const LONGEST_ECHO_MS = 1_200
/** Measured: 128 ms of learners' speech against a partner's seldom comes to 0.35, an echo often to 0.6. */
const LEAST_LIKENESS = 0.42
/** Found again after the same delay, which chance does once in 120 times, it may be fainter. */
const LEAST_LIKENESS_AGAIN = 0.25
const KEPT_FINDS = 10
const OVERLAPPING_FINDS = 4
/** An echo that is less like what was played than it usually is has a voice on top. */
const LEAST_SHARE_OF_USUAL = 0.7
/** And less like than this, it may have some: its level is not taken for the path's. */
const LEAST_SHARE_TO_LEARN = 0.9
/** Two finds within this, in samples, are the same path. */
const SAME_DELAY = 0.004 * TRACE_RATE
/** So much louder than explained is no echo, in so many of the bands that are heard at all. */
const MARGIN = 4
const MOST_UNEXPLAINED = 0.25
/** Clocks and timers shift the delay by some hops; a room keeps sound for longer, fading by 1.5 dB a hop. */
const EARLIEST_HOP = -3
const LATEST_HOP = 9
const FADE_PER_HOP = 0.7
const LEAST_ENERGY = 1e-4
/** After so many windows without a voice, the first that has one is doubted. */
const DOUBT_WINDOWS = 8

const SILENCE = new Int16Array(FRAME_SAMPLES)

interface EchoPath {
  delay: number
  likeness: number
  /** Energy heard for energy played, of each band. */
  gains: Float64Array
}

export class EchoGuard {
  readonly #heard = new SoundTrace(LISTENING_RATE)
  readonly #played = new SoundTrace(PLAYOUT_RATE)
  readonly #noise = new Float64Array(BANDS).fill(LEAST_ENERGY)
  #silentMs = Infinity
  /** Delays, latest last. */
  readonly #found: number[] = []
  #path: EchoPath | null = null
  #windowsSinceVoice = DOUBT_WINDOWS

  /** Each frame that goes out; null is silence. */
  played(frame: Int16Array | null) {
    this.#silentMs = frame === null ? this.#silentMs + FRAME_MS : 0
    if (this.#canEcho) this.#played.push(frame ?? SILENCE)
  }

  /** The next window of the learner's sound: whether what is voiced in it is nothing but echo. */
  isEcho(window: Float32Array, isVoiced: boolean): boolean {
    if (!this.#canEcho) return false
    this.#heard.push(window)
    this.#followNoise()
    this.#quieten()
    this.#windowsSinceVoice += 1
    if (!isVoiced) return false
    if (this.#isExplained() || this.#isFound()) return true
    // Where an echo is known to be, a single window is more likely a piece of it than a voice.
    const isDoubtful = this.#path !== null && this.#windowsSinceVoice > DOUBT_WINDOWS
    this.#windowsSinceVoice = 0
    return isDoubtful
  }

  get #canEcho(): boolean {
    return this.#silentMs < LONGEST_ECHO_MS
  }

  #isFound(): boolean {
    const found = findEcho(this.#heard, this.#played)
    const known = this.#path
    const isAt = (delay: number | undefined) => delay !== undefined && Math.abs(found.delay - delay) <= SAME_DELAY
    this.#found.push(found.delay)
    if (this.#found.length > KEPT_FINDS) this.#found.shift()
    // Windows that overlap find the same by chance as well.
    const isAgain = isAt(known?.delay) || this.#found.slice(0, -OVERLAPPING_FINDS).some(isAt)
    const least = isAgain ? LEAST_LIKENESS_AGAIN : LEAST_LIKENESS
    if (found.likeness < Math.max(least, LEAST_SHARE_OF_USUAL * (known?.likeness ?? 0))) return false
    // A path is believed when it is found twice: one find may be chance.
    if (isAgain && found.likeness >= LEAST_SHARE_TO_LEARN * (known?.likeness ?? 0)) this.#learn(found)
    return true
  }

  #learn(found: FoundEcho) {
    const known = this.#path
    const isKnown = known !== null && Math.abs(found.delay - known.delay) <= HOP
    const gains = this.#measureGains(found.delay)
    this.#path = {
      delay: found.delay,
      likeness: isKnown ? known.likeness + 0.2 * (found.likeness - known.likeness) : found.likeness,
      gains: isKnown ? known.gains.map((gain, band) => gain + 0.4 * ((gains[band] ?? 0) - gain)) : gains,
    }
  }

  #measureGains(delay: number): Float64Array {
    const gains = new Float64Array(BANDS).map((_, band) => {
      const played = this.#playedEnergy(delay, band, 1)
      return played > LEAST_ENERGY ? this.#heardEnergy(band, 1) / played : Number.NaN
    })
    const known = gains.filter((gain) => !Number.isNaN(gain))
    const usual = known.reduce((sum, gain) => sum + gain, 0) / Math.max(1, known.length)
    return gains.map((gain) => (Number.isNaN(gain) ? usual : gain))
  }

  #isExplained(): boolean {
    return this.#path !== null && this.#isHopExplained(this.#path, 1) && this.#isHopExplained(this.#path, 2)
  }

  /** `back`: 1 is the latest hop. */
  #isHopExplained(path: EchoPath, back: number): boolean {
    let unexplained = 0
    let heardBands = 0
    for (let band = 0; band < BANDS; band += 1) {
      const heard = this.#heardEnergy(band, back)
      const noise = this.#noise[band] ?? 0
      if (heard < noise * MARGIN) continue
      heardBands += 1
      const echo = (path.gains[band] ?? 0) * this.#playedEnergy(path.delay, band, back)
      if (heard > (echo + noise) * MARGIN) unexplained += 1
    }
    return unexplained <= heardBands * MOST_UNEXPLAINED
  }

  #heardEnergy(band: number, back: number): number {
    return this.#heard.energies[(HOPS - back) * BANDS + band] ?? 0
  }

  /** The most that can still be heard of what was played `delay` ago. */
  #playedEnergy(delay: number, band: number, back: number): number {
    const hops = Math.round(delay / HOP)
    let most = 0
    for (let late = EARLIEST_HOP; late <= LATEST_HOP; late += 1) {
      const hop = HOPS - back - hops - late
      if (hop < 0 || hop >= HOPS) continue
      const fading = late <= 2 ? 1 : FADE_PER_HOP ** (late - 2)
      most = Math.max(most, fading * (this.#played.energies[hop * BANDS + band] ?? 0))
    }
    return most
  }

  /** The quietest that was heard lately, rising by 1 dB a second. */
  #followNoise() {
    for (let band = 0; band < BANDS; band += 1) {
      const heard = Math.max(this.#heardEnergy(band, 1), LEAST_ENERGY)
      const noise = (this.#noise[band] ?? 0) * 1.0074
      this.#noise[band] = heard < noise ? noise + 0.2 * (heard - noise) : noise
    }
  }

  /** A path that explains far more than is heard has become quieter: the loudspeaker was turned down. */
  #quieten() {
    const path = this.#path
    if (!path) return
    for (let band = 0; band < BANDS; band += 1) {
      const echo = (path.gains[band] ?? 0) * this.#playedEnergy(path.delay, band, 1)
      const heard = Math.max(this.#heardEnergy(band, 1), this.#noise[band] ?? 0)
      if (echo > heard * 10) path.gains[band] = (path.gains[band] ?? 0) * 0.97
    }
  }
}
