/** From the voice's WAV file to sound that can be played: even loudness, the playout rate, a short rest at the end. Pure. */

export const VOICE_RATE = 16_000
const UP = 3
const DOWN = 2
/** Interpolation by 3/2: windowed sinc at 48 kHz, 7.4 kHz corner, 96 taps (Blackman), gain 3 for the zeros put in between. */
const TAPS = windowedSinc(96, 7_400 / (VOICE_RATE * UP), UP)
/** Speech loudness: RMS of the parts that are not silence, -20 dBFS; the peak stays below clipping. */
const LOUDNESS = 0.1
const ACTIVE_SAMPLES = VOICE_RATE * 0.02
const PEAK = 0.89
const REST_MS = 140

/** The samples of a 16-bit mono WAV file. Throws when it is not one at VOICE_RATE. */
export function readVoiceWav(file: Uint8Array): Float32Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const tag = (at: number) => String.fromCharCode(...file.subarray(at, at + 4))
  if (file.length < 44 || tag(0) !== 'RIFF' || tag(36) !== 'data' || view.getUint32(24, true) !== VOICE_RATE) {
    throw new Error('The voice made something that is not 16 kHz sound')
  }
  const count = Math.floor((file.length - 44) / 2)
  return Float32Array.from({ length: count }, (_, index) => view.getInt16(44 + index * 2, true) / 32_768)
}

/** 16 kHz voice to 24 kHz playout. */
export function toPlayout(voice: Float32Array): Int16Array {
  const even = toEvenLoudness(trimSilence(voice))
  const resampled = resample(even)
  const playout = new Int16Array(resampled.length + Math.round((REST_MS * VOICE_RATE * UP) / DOWN / 1_000))
  playout.set(Int16Array.from(resampled, (sample) => Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)))
  return playout
}

/** Rational resampling by UP/DOWN in polyphase form: only the taps that meet a real sample are computed. */
export function resample(input: Float32Array): Float32Array {
  const centre = TAPS.length / 2
  const length = Math.floor((input.length * UP) / DOWN)
  const output = new Float32Array(length)
  for (let index = 0; index < length; index += 1) {
    const at = index * DOWN + centre
    let sum = 0
    for (let tap = at % UP; tap < TAPS.length; tap += UP) sum += (TAPS[tap] ?? 0) * (input[(at - tap) / UP] ?? 0)
    output[index] = sum
  }
  return output
}

function trimSilence(voice: Float32Array): Float32Array {
  const isLoud = (sample: number) => Math.abs(sample) > 0.004
  const first = voice.findIndex(isLoud)
  if (first === -1) return voice.subarray(0, 0)
  const last = voice.findLastIndex(isLoud)
  return voice.slice(Math.max(0, first - 320), last + 320)
}

function toEvenLoudness(voice: Float32Array): Float32Array {
  const loudness = Math.sqrt(activePower(voice))
  const peak = voice.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
  if (loudness === 0 || peak === 0) return voice
  const gain = Math.min(LOUDNESS / loudness, PEAK / peak)
  return voice.map((sample) => sample * gain)
}

/** Of the parts in which there is speech: those within 30 dB of the loudest. After ITU-T P.56, simplified. */
function activePower(voice: Float32Array): number {
  const powers: number[] = []
  for (let start = 0; start < voice.length; start += ACTIVE_SAMPLES) {
    const part = voice.subarray(start, start + ACTIVE_SAMPLES)
    powers.push(part.reduce((sum, sample) => sum + sample * sample, 0) / part.length)
  }
  const least = Math.max(0, ...powers) / 1_000
  const active = powers.filter((power) => power > least)
  return active.reduce((sum, power) => sum + power, 0) / Math.max(1, active.length)
}

function windowedSinc(length: number, corner: number, gain: number): Float32Array {
  const middle = length / 2
  const taps = Float32Array.from({ length }, (_, index) => {
    const x = index - middle
    const sinc = x === 0 ? 2 * corner : Math.sin(2 * Math.PI * corner * x) / (Math.PI * x)
    const turn = (2 * Math.PI * index) / length
    return sinc * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => (tap * gain) / sum)
}
