/**
 * Whether a recording is worth listening to and measuring, judged from the learner's side of it.
 *
 * All levels are in dBFS, root mean square, of frames of 10 ms. Nominal speech of telephony is at -26 dBov (ITU-T P.800,
 * annex B; G.191), measured while somebody speaks (ITU-T P.56), and that is what the numbers here are set by.
 */
import { frameMs, toDecibels, toLevel } from './speech-metrics/speech-envelope.ts'

export type RecordingQuality = 'PENDING' | MeasuredQuality | 'MISSING'
/** What sound can be found to be. */
export type MeasuredQuality = 'GOOD' | 'QUIET' | 'CLIPPED' | 'SILENT'

export interface Loudness {
  /** Of the frames in which there is sound, in dBFS; null where there are too few to tell. */
  soundDb: number | null
  /** Of all frames, those without sound: 0 to 1. */
  silenceShare: number
  /** Of the frames with sound, those that are cut off at full scale: 0 to 1. */
  clippedShare: number
}

/** Frames below are no speech: weak sounds lie some 30 dB under the level of speech, and this is 34 dB under the nominal one. */
const faintestSoundDb = -60
/** Sound stands out of the noise around it by this; between its sounds even fast speech falls back that far. */
const aboveNoiseDb = 10
/** Noise is no louder than this: what is loud all the time, such as a hum at full scale, is no quiet room. */
const loudestNoiseDb = -40
/** The share of frames that is taken for noise alone. */
const noiseShare = 0.1
/** A short word. With less sound than that, nobody said anything. */
const leastSoundMs = 300
/** 10 dB under nominal, which is heard as half as loud. */
const quietDb = -36
/** One frame in a hundred is once a second of speech: from there on it is heard as distortion. */
const mostClippedShare = 0.01
/** A peak at full scale. Codecs round what was cut off upwards, and what was not they leave below. */
const fullScalePeak = 255

/** `levels` of an envelope, and the peak of each of its frames, 0 to 255. */
export function toLoudness(levels: Uint8Array, peaks: Uint8Array): Loudness {
  const leastLevel = toLevel(Math.max(faintestSoundDb, Math.min(loudestNoiseDb, noiseDb(levels)) + aboveNoiseDb))
  let frames = 0
  let clipped = 0
  let power = 0
  for (const [index, level] of levels.entries()) {
    if (level < leastLevel) continue
    frames += 1
    power += 10 ** (toDecibels(level) / 10)
    if (peaks[index] === fullScalePeak) clipped += 1
  }
  return {
    soundDb: frames * frameMs < leastSoundMs ? null : 10 * Math.log10(power / frames),
    silenceShare: levels.length === 0 ? 1 : 1 - frames / levels.length,
    clippedShare: frames === 0 ? 0 : clipped / frames,
  }
}

/** The worst that is true of it: what is silent is not called quiet, and what is clipped is never too quiet. */
export function toQuality({ soundDb, clippedShare }: Loudness): MeasuredQuality {
  if (soundDb === null) return 'SILENT'
  if (clippedShare >= mostClippedShare) return 'CLIPPED'
  return soundDb < quietDb ? 'QUIET' : 'GOOD'
}

/** The level that a tenth of the frames stay under. */
function noiseDb(levels: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const level of levels) counts[level] = (counts[level] ?? 0) + 1
  let left = levels.length * noiseShare
  const found = counts.findIndex((count) => (left -= count) < 0)
  return toDecibels(Math.max(0, found))
}
