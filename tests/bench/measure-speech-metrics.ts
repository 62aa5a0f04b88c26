/** Speech metrics against the length of the speech: the time should grow in proportion, and stay small. */
import { measureSpeech } from '../../server/domain/speech-metrics/measure-speech.ts'
import type { SpeechInput, SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { inMs, percentile, type Row } from './figures.ts'

const minutes = [5, 15, 60]
const rounds = 30
const goalMs = 50
const turnMs = 12_000
const words =
  'well i think that um the most important thing about learning a language is you know to speak it every single day with people who i mean really want to understand'.split(
    ' ',
  )

/** For `npm run bench metrics`. */
export function measureSpeechMetrics(): Row[] {
  const startedAt = performance.now()
  measureSpeech(toInput(1))
  const first = performance.now() - startedAt
  const medians = minutes.map((length) => percentile(timesOf(toInput(length)), 0.5))
  const perMinute = (medians[0] ?? 0) / (minutes[0] ?? 1)
  return [
    { what: 'speech metrics, the first of a process: reads the dictionaries', figure: inMs(first) },
    ...minutes.map((length, index) => ({
      what: `speech metrics of ${length} minutes, p50 of ${rounds}`,
      figure: inMs(medians[index] ?? 0),
      // What the shortest would need at this length if the time grew in proportion.
      limit: inMs(perMinute * length),
      ratio: (medians[index] ?? 0) / (perMinute * length),
      ...(length === 15 && { goal: `${goalMs} ms` }),
    })),
  ]
}

function timesOf(input: SpeechInput): number[] {
  return Array.from({ length: rounds }, () => {
    const startedAt = performance.now()
    measureSpeech(input)
    return performance.now() - startedAt
  })
}

/** A learner who speaks 150 words a minute, with 2 s of the partner after each 10 s; a sound that rises and falls as syllables do. */
function toInput(length: number): SpeechInput {
  const turns = (length * 60_000) / turnMs
  const segments = Array.from({ length: turns }, (_, turn): SpokenSegment[] => {
    const startMs = turn * turnMs
    const text = Array.from({ length: 25 }, (_, word) => words[(turn * 7 + word) % words.length]).join(' ')
    const own = { itemId: `l${turn}`, speaker: 'LEARNER' as const, source: 'PROVIDER' as const, text }
    const partner = { ...own, itemId: `p${turn}`, speaker: 'PARTNER' as const, text: 'I see.' }
    return [
      { ...own, startMs, endMs: startMs + 10_000 },
      { ...partner, startMs: startMs + 10_300, endMs: startMs + 11_700 },
    ]
  }).flat()
  const levels = Uint8Array.from({ length: length * 6_000 }, (_, frame) =>
    frame % 1_200 >= 1_000 || frame % 170 < 40 ? 40 + (frame % 7) : 130 + Math.round(25 * Math.sin(frame / 4)),
  )
  return { kind: 'CONVERSATION', segments, envelopes: [{ startMs: 0, levels }] }
}
