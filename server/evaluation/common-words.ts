/** How English a text looks: by its share of common English words. */
import { rankOf } from '../domain/speech-metrics/word-ranks.ts'

/**
 * So many of the most common forms. Of what learners say, beginners too, six words in ten and more are among them; of other European
 * languages, whose short words may look the same, three at most.
 */
const commonCount = 3_000

/** 0 to 1; the words in lower case. A contraction is two words here, as in the list. */
export function shareOfCommonWords(words: readonly string[]): number {
  const parts = words.flatMap((word) => word.split("'")).filter((part) => part !== '')
  if (parts.length === 0) return 0
  return parts.filter((part) => rankOf(part) <= commonCount).length / parts.length
}
