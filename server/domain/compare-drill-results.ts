/** What changed between two tries at the same question, from their results alone. */
import { type DrillPartName, drillPartNames, type DrillResult } from './drill-result.ts'

export interface DrillComparison {
  /** Points of the overall score; null where different scorers judged, for their numbers are not of one scale. */
  scoreChange: number | null
  /** The names of the categories that are shown now and were not, in the pack's order. */
  gained: string[]
  /** Those that were shown and are not any more. */
  lost: string[]
  /** The whole of it in plain sentences. Never empty. */
  lines: string[]
}

/** Less is no change that anybody would hear. */
const leastSeconds = 5
const leastWords = 10
const leastWpm = 10
const leastPartPoints = 10

const partLabels: Record<DrillPartName, string> = {
  coverage: 'what the question asks for',
  structure: 'structure',
  length: 'length',
  pace: 'pace',
  hedging: 'plain statements without hedging',
  fillers: 'fluency without fillers',
}

export function compareDrillResults(previous: DrillResult, current: DrillResult): DrillComparison {
  const isSameScorer = previous.scorer === current.scorer
  const scoreChange = isSameScorer ? current.overallScore - previous.overallScore : null
  const passedBefore = listPassed(previous)
  const passedNow = listPassed(current)
  const known = new Set(previous.categories.map(({ name }) => name))
  const gained = passedNow.filter((name) => known.has(name) && !passedBefore.includes(name))
  const lost = current.categories
    .map(({ name }) => name)
    .filter((name) => passedBefore.includes(name) && !passedNow.includes(name))
  const lines = [
    tellScore(previous, current, scoreChange),
    gained.length > 0 && `Now shown: ${gained.join(', ')}.`,
    lost.length > 0 && `Shown last time and not now: ${lost.join(', ')}.`,
    isSameScorer && tellPart(previous, current),
    tellLength(previous, current),
    tellPace(previous, current),
  ]
  return { scoreChange, gained, lost, lines: lines.filter((line) => line !== false) }
}

function listPassed({ categories }: DrillResult): string[] {
  return categories.filter(({ passFlag }) => passFlag === 'PASS').map(({ name }) => name)
}

function tellScore(previous: DrillResult, current: DrillResult, change: number | null): string {
  if (change === null)
    return `Last time ${previous.scorer} judged, and now ${current.scorer}: their scores (${previous.overallScore} and ${current.overallScore}) cannot be compared.`
  if (change === 0) return `Your score stayed at ${current.overallScore}.`
  return `Your score ${change > 0 ? 'rose' : 'fell'} from ${previous.overallScore} to ${current.overallScore}.`
}

/** The part that moved most, of those that both results have. */
function tellPart(previous: DrillResult, current: DrillResult): string | false {
  const moves = drillPartNames.flatMap((name) => {
    const before = previous.parts.find((part) => part.name === name)
    const now = current.parts.find((part) => part.name === name)
    return before && now ? [{ name, before: before.score, now: now.score }] : []
  })
  const most = moves.toSorted((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before))[0]
  if (!most || Math.abs(most.now - most.before) < leastPartPoints) return false
  const direction = most.now > most.before ? 'better' : 'worse'
  return `What changed most is ${partLabels[most.name]}, for the ${direction}: from ${most.before} to ${most.now} of 100.`
}

function tellLength(previous: DrillResult, current: DrillResult): string | false {
  const [before, now] = [previous.durationSeconds, current.durationSeconds]
  if (before !== null && now !== null) return tellDifference('You spoke for', before, now, ' s', leastSeconds)
  if (before === null && now === null)
    return tellDifference('You used', previous.words, current.words, ' words', leastWords)
  return now === null ? 'Last time you spoke, and now you typed.' : 'Last time you typed, and now you spoke.'
}

function tellPace(previous: DrillResult, current: DrillResult): string | false {
  if (previous.wpm === null || current.wpm === null) return false
  return tellDifference('Your pace was', previous.wpm, current.wpm, ' words a minute', leastWpm)
}

/** In whole numbers, so that the difference is the one of the two that are shown. */
function tellDifference(start: string, before: number, now: number, unit: string, least: number): string | false {
  const [from, to] = [Math.round(before), Math.round(now)]
  if (Math.abs(to - from) < least) return false
  return `${start} ${to}${unit}, ${Math.abs(to - from)} ${to > from ? 'more' : 'fewer'} than last time.`
}
