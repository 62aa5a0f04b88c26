/** Quotes from what the learner said: always a piece of the transcript, letter by letter. */
import type { SpokenSegment } from '../domain/speech-metrics/speech-metrics.ts'

export interface Quote {
  quote: string
  segmentItemId: string
}

/** What a quote may come from. */
export type Passage = Pick<SpokenSegment, 'itemId' | 'text'>

/** Words shown on each side of what a quote is about. */
const wordsAround = 4

/**
 * The claimed words where they stand in one of the segments, in whole words; null where nobody said them. Only the white space may
 * differ; what comes back is what stands in the transcript.
 */
export function findVerbatim(claimed: string, segments: readonly Passage[]): Quote | null {
  const words = claimed
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return null
  const pattern = words.map((word) => RegExp.escape(word)).join('\\s+')
  const wanted = new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, 'u')
  for (const { itemId, text } of segments) {
    const found = wanted.exec(text)
    if (found) return { quote: found[0], segmentItemId: itemId }
  }
  return null
}

/** A piece of the segment's text with a few words around it. */
export function quoteAround(segment: Passage, start: number, length: number): Quote {
  const before = segment.text.slice(0, start).match(new RegExp(`(?:\\S+\\s+){0,${wordsAround}}\\S*$`, 'u'))?.[0] ?? ''
  const after =
    segment.text.slice(start + length).match(new RegExp(`^\\S*(?:\\s+\\S+){0,${wordsAround}}`, 'u'))?.[0] ?? ''
  const end = start + length + after.length
  return { quote: segment.text.slice(start - before.length, end).trim(), segmentItemId: segment.itemId }
}

/** How the segment begins, so many words at most. */
export function quoteStart(segment: Passage, mostWords = 10): Quote {
  const text = segment.text.match(new RegExp(`\\S+(?:\\s+\\S+){0,${mostWords - 1}}`, 'u'))?.[0] ?? segment.text
  return { quote: text, segmentItemId: segment.itemId }
}

/** How the segment ends. */
export function quoteEnd(segment: Passage, mostWords = 10): Quote {
  const text =
    segment.text.trimEnd().match(new RegExp(`\\S+(?:\\s+\\S+){0,${mostWords - 1}}$`, 'u'))?.[0] ?? segment.text
  return { quote: text, segmentItemId: segment.itemId }
}
