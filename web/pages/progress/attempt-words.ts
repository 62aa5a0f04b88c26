/** What is known of one attempt at a topic, as it is written. */
import { cefrLevels } from '../../../server/domain/cefr-level.ts'
import type { AttemptFragment } from '../../gql/documents.ts'
import { toPractised } from './progress-words.ts'

/** The lowest and the highest level that its estimate does not rule out, as places among the levels; null without one. */
export function toRange({ evaluation }: AttemptFragment): { lowest: number; highest: number } | null {
  if (evaluation?.__typename !== 'SpeakingEvaluation') return null
  const [lowest, highest] = [evaluation.levelRange[0], evaluation.levelRange.at(-1)]
  if (!evaluation.overallLevel || !lowest || !highest) return null
  return { lowest: cefrLevels.indexOf(lowest), highest: cefrLevels.indexOf(highest) }
}

/** Name and value of each number, in the order of the page. */
export function toAttemptNumbers(attempt: AttemptFragment): [name: string, value: string][] {
  const metrics = attempt.evaluation?.metrics
  return [
    ['Level, roughly', toLevel(attempt)],
    ['Words per minute', metrics?.wpm == null ? 'not measured' : String(Math.round(metrics.wpm))],
    ['Pauses per minute', metrics?.pausesPerMinute == null ? 'not measured' : metrics.pausesPerMinute.toFixed(1)],
    ['Length', toPractised(attempt.durationSeconds ?? 0)],
  ]
}

function toLevel(attempt: AttemptFragment): string {
  const range = toRange(attempt)
  if (!range) return 'not estimated'
  const [lowest, highest] = [cefrLevels[range.lowest], cefrLevels[range.highest]]
  return lowest === highest ? `${lowest}` : `${lowest} to ${highest}`
}
