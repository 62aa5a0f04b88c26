import type { MeasurePartsFragment } from '../../../gql/documents.ts'
import type { MeasureWords } from './measure-words.ts'
import { toTypical } from './typical-words.ts'

/** One number, or why there is none, and what it means for who asks. */
export function SpeechNumber({ measure, words }: { measure: MeasurePartsFragment; words: MeasureWords }) {
  const typical = toTypical(measure.name, words.write)
  return (
    <li class="number">
      <p class="number__label">{words.label}</p>
      {measure.value === null ? (
        <p class="number__missing small">
          Not measured. <span class="soft">{measure.missingReason}</span>
        </p>
      ) : (
        <p class="number__value numeric">{words.write(measure.value)}</p>
      )}
      <details class="explain">
        <summary>
          What is this?<span class="hidden-visually"> {words.label}</span>
        </summary>
        <p>{words.about}</p>
        {measure.thresholdMs !== null && <p>Silence of {measure.thresholdMs / 1_000} s and more counts as a pause.</p>}
        <p>{words.limits}</p>
        {typical && <p>{typical.sentence}</p>}
        <p class="faint">
          Taken over: {measure.base}. Defined by: {measure.source}
          {typical && `. Comparison: ${typical.citation}`}.
        </p>
      </details>
    </li>
  )
}
