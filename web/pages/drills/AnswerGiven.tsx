import { plural } from '../../components/format.ts'
import type { Drill } from '../../hooks/use-hand-in.ts'
import { AnswerTextForm } from '../speaking-test/AnswerTextForm.tsx'
import { ResultSound } from '../speaking-test/TaskResult.tsx'
import type { DrillOutcomeProps } from './DrillOutcome.tsx'

/** It was spoken, and nobody has written it down: until somebody does there is nothing to score. */
export function isUnheard({ drillStatus, response, transcript }: Drill): boolean {
  return drillStatus === 'FAILED' && response?.recording != null && transcript.segments.length === 0
}

/** What was answered, to hear and to read, or to write down after hearing it; nothing where no answer was given. */
export function AnswerGiven({ drill, onRefetch }: DrillOutcomeProps) {
  const { response, transcript } = drill
  if (!response) return null
  const words = response.text ?? transcript.segments.map(({ text }) => text).join(' ')
  const wasTypedLater =
    response.text === null && transcript.segments.some(({ source }) => source === 'TYPED' || source === 'ALIGNED')
  return (
    <section class="card drill__answer" aria-labelledby="answer-title">
      <h2 id="answer-title">What you {response.text === null ? 'said' : 'wrote'}</h2>
      {response.text === null && <ResultSound recording={response.recording} onRefetch={onRefetch} />}
      {isUnheard(drill) && response.recording?.url && (
        <AnswerTextForm sessionId={drill.id} recordingId={response.recording.id} isOpen onDone={onRefetch} />
      )}
      {words !== '' && <p class="drill__words">{words}</p>}
      {wasTypedLater && <p class="faint small">Typed by you afterwards.</p>}
      {response.wordCount !== null && <p class="faint small numeric">{plural(response.wordCount, 'word')}</p>}
    </section>
  )
}
