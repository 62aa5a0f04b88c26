/** A level in words: never a bare letter, since it is an estimate. */
import type { SpeakingFeedbackFragment } from '../../../gql/documents.ts'
import { toDuration } from '../../../components/format.ts'

export interface LevelWords {
  /** "About B1", or that there is none. */
  title: string
  /** "between A2 and B2", to be read with the title; null where there is nothing to add. */
  range: string | null
  /** "A rough estimate from 4 min of speech.", or why there is none. */
  detail: string
}

type Estimate = Pick<SpeakingFeedbackFragment, 'overallLevel' | 'levelRange' | 'confidence' | 'withheld'>

/** Below each, a word more careful than the next. What they stand for: how much of the evidence was there and agreed. */
const confidenceWords: readonly (readonly [below: number, words: string])[] = [
  [0.3, 'A very rough estimate'],
  [0.75, 'A rough estimate'],
  [Infinity, 'An estimate'],
]

export function toLevelWords(estimate: Estimate, speechSeconds: number): LevelWords {
  const { overallLevel, confidence, withheld } = estimate
  if (overallLevel === null)
    return {
      title: 'No level this time',
      range: null,
      detail:
        withheld.find(({ measure }) => measure === 'level')?.reason ??
        'What was said does not carry an estimate of a level.',
    }
  const words = confidenceWords.find(([below]) => (confidence ?? 0) < below)?.[1] ?? 'An estimate'
  return {
    title: `About ${overallLevel}`,
    range: toRangeWords(estimate),
    detail: `${words} from ${toDuration(speechSeconds)} of your speech.`,
  }
}

function toRangeWords({ overallLevel, levelRange }: Estimate): string | null {
  const [lowest, highest] = [levelRange[0], levelRange.at(-1)]
  if (!lowest || !highest || lowest === highest) return null
  if (lowest === overallLevel) return `or ${highest}`
  if (highest === overallLevel) return `or ${lowest}`
  return `between ${lowest} and ${highest}`
}
