import type { MeasureName } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { toDuration } from '../../components/format.ts'
import type { MeasurePartsFragment } from '../../gql/documents.ts'
import { measureWords } from '../review/feedback/measure-words.ts'
import type { ResultTask } from './TaskResults.tsx'

const shown: readonly MeasureName[] = ['words', 'wpm', 'pausesPerMinute', 'meanPauseSeconds']

/** A few numbers of this answer alone; each that is missing says why. What they mean stands with the numbers of the whole test. */
export function TaskNumbers({ metrics, isUnderWay }: { metrics: ResultTask['metrics']; isUnderWay: boolean }) {
  if (!metrics)
    return (
      <p class="soft small">
        {isUnderWay ? 'The numbers are being worked out.' : 'There are no numbers for this answer.'}
      </p>
    )
  const measures = shown.flatMap((name) => metrics.measures.filter((measure) => measure.name === name))
  return (
    <div class="result__measures">
      <dl class="result__numbers">
        <div>
          <dt class="soft small">You spoke for</dt>
          <dd class="numeric">{toDuration(metrics.learnerSpeechSeconds)}</dd>
        </div>
        {measures.map(({ name, value }) => (
          <div key={name}>
            <dt class="soft small">{toLabel(name)}</dt>
            <dd class="numeric">{value === null ? '—' : toText(name, value)}</dd>
          </div>
        ))}
      </dl>
      <MissingNumbers measures={measures} />
    </div>
  )
}

/** Each reason once, however many numbers are missing for it. */
function MissingNumbers({ measures }: { measures: readonly MeasurePartsFragment[] }) {
  const missing = measures.filter(({ value }) => value === null)
  const byReason = Map.groupBy(missing, ({ missingReason }) => missingReason ?? 'It could not be measured.')
  return (
    <>
      {[...byReason].map(([reason, ofReason]) => (
        <p key={reason} class="faint small">
          — {ofReason.map(({ name }) => toLabel(name)).join(', ')}: {reason}
        </p>
      ))}
    </>
  )
}

function toLabel(name: string): string {
  return wordsOf(name)?.label ?? name
}

function toText(name: string, value: number): string {
  return wordsOf(name)?.write(value) ?? String(value)
}

function wordsOf(name: string) {
  return Object.entries(measureWords).find(([known]) => known === name)?.[1]
}
