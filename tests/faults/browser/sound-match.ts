/** Finds what a microphone said in what was recorded of it, by how loud each moment was. */
import type { DecodedRecording } from '../../support/decode-recording.ts'

const frameMs = 10
/** In dB below full scale: above is speech, below is nothing at all. */
const speechDb = -38
const silenceDb = -55

/** For each utterance (a WAV file, 16-bit mono), how many seconds of its speech are in no recording. They follow in order. */
export function missingSeconds(spoken: readonly Buffer[], recordings: readonly DecodedRecording[]): number[] {
  const heard = recordings.flatMap(({ left, sampleRate }) => toLevels(left, sampleRate))
  const wanted = spoken.map((wav) => trimmed(toLevels(readWav(wav), wav.readUInt32LE(24))))
  const places = placeInOrder(wanted, heard)
  return wanted.map((levels, index) => {
    const at = places[index] ?? heard.length
    const missing = levels.filter((own, frame) => own > speechDb && (heard[at + frame] ?? silenceDb) < silenceDb)
    return missing.length * (frameMs / 1_000)
  })
}

/**
 * Where each utterance begins, so that all of them together fit best: one alone would be taken for the same sentence said again
 * later, and those in between would find no place.
 */
function placeInOrder(wanted: readonly (readonly number[])[], heard: readonly number[]): number[] {
  /** By utterance and frame: how badly all up to this utterance fit when it begins there at the latest, and where it does. */
  const reached: { cost: number; at: number }[][] = []
  for (const [index, levels] of wanted.entries()) {
    const length = wanted[index - 1]?.length ?? 0
    let best = { cost: Infinity, at: heard.length }
    reached.push(
      Array.from({ length: heard.length + 1 }, (_, at) => {
        const before = index === 0 ? 0 : (reached[index - 1]?.[at - length]?.cost ?? Infinity)
        const cost = before + (before < best.cost ? misfit(levels, heard, at) : 0)
        if (cost < best.cost) best = { cost, at }
        return best
      }),
    )
  }
  let last = heard.length
  return wanted
    .map((_, back) => {
      const index = wanted.length - 1 - back
      const { at } = reached[index]?.[last] ?? { at: heard.length }
      last = at - (wanted[index - 1]?.length ?? 0)
      return at
    })
    .toReversed()
}

/** A place fits where it is silent when the speaker is, too. */
function misfit(wanted: readonly number[], heard: readonly number[], at: number): number {
  return wanted.reduce((sum, own, frame) => {
    const other = heard[at + frame] ?? silenceDb
    return sum + Math.abs(Math.max(own, silenceDb) - Math.max(other, silenceDb))
  }, 0)
}

function trimmed(levels: readonly number[]): number[] {
  const first = levels.findIndex((level) => level > speechDb)
  return levels.slice(Math.max(0, first), levels.findLastIndex((level) => level > speechDb) + 1)
}

function toLevels(samples: Float32Array, sampleRate: number): number[] {
  const size = Math.round((sampleRate * frameMs) / 1_000)
  return Array.from({ length: Math.floor(samples.length / size) }, (_, frame) => {
    let power = 0
    for (let at = frame * size; at < (frame + 1) * size; at += 1) power += (samples[at] ?? 0) ** 2
    return 10 * Math.log10(power / size + 1e-12)
  })
}

/** Source: RIFF WAVE, a header of 44 bytes. */
function readWav(wav: Buffer): Float32Array {
  return Float32Array.from({ length: (wav.length - 44) / 2 }, (_, index) => wav.readInt16LE(44 + index * 2) / 32_768)
}
