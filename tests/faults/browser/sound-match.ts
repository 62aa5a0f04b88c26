/** Finds what a microphone said in what was recorded of it, by how loud each moment was. */
import type { DecodedRecording } from '../../support/decode-recording.ts'

const frameMs = 10
/** In dB below full scale: above is speech, below is nothing at all. */
const speechDb = -38
const silenceDb = -55
const sentenceApartFrames = 50
const clearlyBetter = 0.8

/** For each utterance (a WAV file, 16-bit mono), how many seconds of its speech are in no recording. They follow in order. */
export function missingSeconds(spoken: readonly Buffer[], recordings: readonly DecodedRecording[]): number[] {
  const tracks = recordings.map(({ left, sampleRate }) => toLevels(left, sampleRate))
  const from = tracks.map(() => 0)
  return spoken.map((wav) => {
    const levels = trimmed(toLevels(readWav(wav), wav.readUInt32LE(24)))
    let best = { missing: Infinity, track: 0, at: 0 }
    for (const [track, heard] of tracks.entries()) {
      const found = findBest(levels, heard, from[track] ?? 0)
      if (found.missing < best.missing) best = { ...found, track }
    }
    if (best.missing === 0 || best.missing < levels.length / 4) from[best.track] = best.at + levels.length
    return Math.min(best.missing, countSpeech(levels)) * (frameMs / 1_000)
  })
}

/** Where most of the speech is found again; `missing` counts frames. A place fits where it is silent when the speaker is, too. */
function findBest(wanted: readonly number[], heard: readonly number[], from: number): { missing: number; at: number } {
  let best = { missing: Infinity, at: from, distance: Infinity }
  for (let at = from; at < heard.length; at += 1) {
    let missing = 0
    let distance = 0
    for (let frame = 0; frame < wanted.length && distance < best.distance; frame += 1) {
      const own = wanted[frame] ?? silenceDb
      const other = heard[at + frame] ?? silenceDb
      distance += Math.abs(Math.max(own, silenceDb) - Math.max(other, silenceDb))
      if (own > speechDb && other < silenceDb) missing += 1
    }
    // The same sentence may be said again later: a place further on has to fit clearly better than the first.
    const isNear = at - best.at < sentenceApartFrames
    if (distance < best.distance * (isNear ? 1 : clearlyBetter)) best = { missing, at, distance }
  }
  return best
}

function countSpeech(levels: readonly number[]): number {
  return levels.filter((level) => level > speechDb).length
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
