/** Slips of the learner's own words, with the words put right. */
import type { SpokenSegment } from '../domain/speech-metrics/speech-metrics.ts'
import type { Tip } from '../domain/speaking-result.ts'
import { toPlainMarks } from './own-words.ts'
import { quoteAround } from './quote.ts'
import { slipPatterns } from './slip-patterns.ts'

/** A tip per kind of slip, the most frequent kind first, each at its first place. */
export function findSlips(ownSegments: readonly SpokenSegment[]): Tip[] {
  const plain = ownSegments.map((segment) => ({ segment, text: toPlainMarks(segment.text) }))
  const found = slipPatterns.flatMap((slip) => {
    const places = plain.flatMap(({ segment, text }) => {
      const match = slip.pattern.exec(text)
      return match ? [{ segment, match }] : []
    })
    const first = places[0]
    return first ? [{ ...first, slip, times: places.length }] : []
  })
  return found
    .toSorted((a, b) => b.times - a.times)
    .map(({ segment, match, slip }) => ({
      text: `Say "${slip.correct(match)}" here. ${slip.why}`,
      ...quoteAround(segment, match.index, match[0].length),
    }))
}
