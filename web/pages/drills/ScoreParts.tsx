import type { DrillFeedbackFragment } from '../../gql/documents.ts'
import { Score } from '../review/feedback/ScoreBars.tsx'
import { toPartLabel } from './drill-words.ts'

/** How the score is made, and what it cannot tell. */
export function ScoreParts({ parts, limits }: Pick<DrillFeedbackFragment, 'parts' | 'limits'>) {
  return (
    <details class="explain">
      <summary>How this score is made</summary>
      <dl class="scores__list">
        {parts.map(({ name, score, weight, basis }) => (
          <Score
            key={name}
            label={toPartLabel(name)}
            about={`${Math.round(weight * 100)} % of the score; ${basis}`}
            value={score}
          />
        ))}
      </dl>
      {limits.map((limit) => (
        <p key={limit}>{limit}</p>
      ))}
    </details>
  )
}
