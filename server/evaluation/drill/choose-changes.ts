/** The changes that would raise the score most, each concrete to this answer. */
import { type JudgedPart, partWeights, toOverallScore } from './drill-formula.ts'

export const mostChanges = 3
/** Of the same part: three missing points of the question would hide everything else. */
const mostOfOnePart = 2

interface RankedChange {
  text: string
  part: JudgedPart['name']
  /** Points of the overall score. */
  gain: number
  /** The same without the score's upper bound, for which often two things have to change. */
  rawGain: number
}

/** At most three, the most useful first; none for an answer that has all. `others` come last, where there is room. */
export function chooseChanges(parts: readonly JudgedPart[], others: readonly string[]): string[] {
  const now = toOverallScore(parts)
  const ranked = parts
    .flatMap((part) =>
      part.changes.map(({ text, scoreAfter }): RankedChange => {
        const after = parts.map((one) => (one === part ? { name: one.name, score: scoreAfter } : one))
        const rawGain = partWeights[part.name] * (scoreAfter - part.score)
        return { text, part: part.name, gain: toOverallScore(after) - now, rawGain }
      }),
    )
    .filter(({ rawGain }) => rawGain > 0)
    .toSorted((a, b) => b.gain - a.gain || b.rawGain - a.rawGain)
  const chosen = ranked.filter(
    ({ part }, index) => ranked.slice(0, index).filter((earlier) => earlier.part === part).length < mostOfOnePart,
  )
  return [...chosen.map(({ text }) => text), ...others].slice(0, mostChanges)
}
