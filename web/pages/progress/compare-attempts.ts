/** Two attempts at one topic in plain words: differences of numbers, and where they cannot be compared, that and why. */
import { toRange } from './attempt-words.ts'
import type { AttemptFragment } from '../../gql/documents.ts'

/** Sentences about the later attempt. `when` names the day of the earlier one: "3 May". */
export function compareAttempts(later: AttemptFragment, earlier: AttemptFragment, when: string): string[] {
  return [
    comparePace(later, earlier, when),
    comparePauses(later, earlier, when),
    compareLevels(later, earlier, when),
  ].filter((sentence) => sentence !== null)
}

function comparePace(later: AttemptFragment, earlier: AttemptFragment, when: string): string | null {
  const [now, before] = [later.evaluation?.metrics.wpm, earlier.evaluation?.metrics.wpm]
  if (now == null || before == null) return null
  // A reply read from a card is not the pace of free speech.
  if (later.talk !== earlier.talk) return `One was free talk and one was not, so their pace cannot be compared.`
  const difference = Math.round(now) - Math.round(before)
  if (difference === 0) return `As many words per minute as on ${when}.`
  return `${toWords(Math.abs(difference), 'word')} per minute ${difference > 0 ? 'faster' : 'slower'} than on ${when}.`
}

function comparePauses(later: AttemptFragment, earlier: AttemptFragment, when: string): string | null {
  const [now, before] = [later.evaluation?.metrics, earlier.evaluation?.metrics]
  if (now?.pausesPerMinute == null || before?.pausesPerMinute == null) return null
  if (now.pauseSource !== before.pauseSource) return 'The pauses were measured in two ways, so they cannot be compared.'
  const difference = toTenths(now.pausesPerMinute) - toTenths(before.pausesPerMinute)
  if (difference === 0) return `As many pauses per minute as on ${when}.`
  return `${(Math.abs(difference) / 10).toFixed(1)} ${difference < 0 ? 'fewer' : 'more'} pauses per minute than on ${when}.`
}

function compareLevels(later: AttemptFragment, earlier: AttemptFragment, when: string): string | null {
  const [now, before] = [toRange(later), toRange(earlier)]
  if (!now || !before) return null
  if (later.evaluation?.modelUsed !== earlier.evaluation?.modelUsed)
    return 'The levels were estimated by different scorers, so they cannot be compared.'
  if (now.lowest > before.highest) return `The whole range of the level lies above that of ${when}.`
  if (now.highest < before.lowest) return `The whole range of the level lies below that of ${when}.`
  return 'The ranges of the level overlap: no difference can be read from them.'
}

function toTenths(value: number): number {
  return Math.round(value * 10)
}

function toWords(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`
}
