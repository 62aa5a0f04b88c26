import type { MeasureName } from '../../../../server/domain/speech-metrics/speech-metrics.ts'
import type { MeasurePartsFragment, SpeakingFeedbackFragment } from '../../../gql/documents.ts'
import { measureGroups, measureWords } from './measure-words.ts'
import { SpeechNumber } from './SpeechNumber.tsx'

type Metrics = SpeakingFeedbackFragment['metrics']

/** What was measured: a few numbers at once, all others a press away. */
export function SpeechNumbers({ metrics }: { metrics: Metrics }) {
  const [first, ...others] = measureGroups
  if (!first) return null
  return (
    <section class="numbers" aria-labelledby="numbers-title">
      <h3 id="numbers-title">Your speech in numbers</h3>
      {metrics.pauseSource === 'SEGMENTS' && (
        <p class="soft small">
          Pauses were read from the transcript, since no sound was measured. Short ones inside a line are not seen.
        </p>
      )}
      <NumberList names={first.names} measures={metrics.measures} />
      <details class="numbers__more">
        <summary>More numbers</summary>
        {others.map(({ title, names }) => (
          <section key={title} aria-label={title}>
            <h4>{title}</h4>
            <NumberList names={names} measures={metrics.measures} />
          </section>
        ))}
      </details>
    </section>
  )
}

function NumberList({ names, measures }: { names: readonly MeasureName[]; measures: readonly MeasurePartsFragment[] }) {
  return (
    <ul class="numbers__list">
      {names.map((name) => {
        const measure = measures.find((each) => each.name === name)
        const words = measureWords[name]
        return measure && words && <SpeechNumber key={name} measure={measure} words={words} />
      })}
    </ul>
  )
}
