/**
 * Where there is speech in a speaker's sound, told from its loudness alone. The threshold comes from the sound itself, since
 * microphones and rooms differ: well below the loud parts of speech, and clear of the noise between them.
 * Model: silence at 25 dB below the loudest speech, as De Jong and Wempe 2009 and De Jong et al. 2021; the noise bound,
 * hysteresis and the bridging of short gaps are our own.
 */
import { frameMs, type SpeechEnvelope } from './speech-envelope.ts'
import { intersect, lengthOf, type Span } from './spans.ts'

// Steps of an envelope are half a dB.
const stepsPerDecibel = 2
const belowSpeech = 25 * stepsPerDecibel
const aboveNoise = 8 * stepsPerDecibel
/** Speech begins a little above where it ends, so that sound near the threshold does not flicker. */
const hysteresis = 3 * stepsPerDecibel
/** Frames so far below the loud parts are no vowels: among them the noise of the room is found. */
const quietBelowSpeech = 12 * stepsPerDecibel
/** Speech always has such frames, between words if not in pauses; even noise has none, and is no speech. */
const leastQuietShare = 0.01
/** -65 dBFS: sound whose loud parts are below is no speech that a microphone took. */
const leastSpeechLevel = 70
/** The closure of a `p` or `t` inside a word is no silence. */
const bridgedMs = 100
/** A click of the mouse or of the lips. */
const clickMs = 60

/** Of loudness levels, in steps of an envelope. */
interface Thresholds {
  begin: number
  end: number
}

/**
 * The stretches of speech, in order of time; empty where all is silence or where speech does not stand out from the noise.
 * `learnerSpans` say where the speaker is known to speak: how loud speech is, is read there (everywhere when there are none).
 */
export function findSpeech(envelope: SpeechEnvelope, learnerSpans: readonly Span[]): Span[] {
  const thresholds = toThresholds(envelope, learnerSpans)
  if (!thresholds) return []
  const loud = bridge(listLoud(envelope, thresholds))
  return loud.filter((span) => lengthOf(span) >= clickMs)
}

export function spanOf(envelope: SpeechEnvelope): Span {
  return { startMs: envelope.startMs, endMs: envelope.startMs + envelope.levels.length * frameMs }
}

function toThresholds(envelope: SpeechEnvelope, learnerSpans: readonly Span[]): Thresholds | null {
  const all = countLevels(envelope, [spanOf(envelope)])
  const inside = countLevels(envelope, learnerSpans)
  const speech = percentile(sum(inside) > 0 ? inside : all, 0.95)
  const quiet = all.map((count, level) => (level < speech - quietBelowSpeech ? count : 0))
  if (speech < leastSpeechLevel || sum(quiet) < sum(all) * leastQuietShare) return null
  // Digital silence is a muted microphone, which says nothing of the room.
  const noise = percentile(quiet.fill(0, 0, 1), 0.2)
  // Where the noise is nearly as loud as speech, half-way is the best that can be told.
  const end = Math.max(speech - belowSpeech, Math.min(noise + aboveNoise, (speech + noise) / 2))
  return { begin: end + hysteresis, end }
}

/** How often each level comes in the given spans. */
function countLevels(envelope: SpeechEnvelope, spans: readonly Span[]): Uint32Array {
  const counts = new Uint32Array(256)
  for (const span of spans) {
    const { startMs, endMs } = intersect(span, spanOf(envelope))
    const last = Math.ceil((endMs - envelope.startMs) / frameMs)
    for (let frame = Math.floor((startMs - envelope.startMs) / frameMs); frame < last; frame += 1) {
      const level = envelope.levels[frame] ?? 0
      counts[level] = (counts[level] ?? 0) + 1
    }
  }
  return counts
}

function percentile(counts: Uint32Array, share: number): number {
  const wanted = sum(counts) * share
  let seen = 0
  for (const [level, count] of counts.entries()) {
    seen += count
    if (seen > 0 && seen >= wanted) return level
  }
  return 0
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0)
}

function listLoud({ startMs, levels }: SpeechEnvelope, { begin, end }: Thresholds): Span[] {
  const loud: Span[] = []
  let since: number | null = null
  for (const [frame, level] of levels.entries()) {
    if (since === null && level >= begin) since = frame
    if (since === null || level >= end) continue
    loud.push({ startMs: startMs + since * frameMs, endMs: startMs + frame * frameMs })
    since = null
  }
  if (since !== null) loud.push({ startMs: startMs + since * frameMs, endMs: startMs + levels.length * frameMs })
  return loud
}

function bridge(spans: readonly Span[]): Span[] {
  const bridged: Span[] = []
  for (const span of spans) {
    const last = bridged.at(-1)
    if (last && span.startMs - last.endMs < bridgedMs) last.endMs = span.endMs
    else bridged.push({ ...span })
  }
  return bridged
}
