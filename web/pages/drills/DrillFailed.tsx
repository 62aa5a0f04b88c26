import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useRequestEvaluationMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { isUnheard } from './AnswerGiven.tsx'
import type { DrillOutcomeProps } from './DrillOutcome.tsx'

/** No score: why, and what can be done about it. */
export function DrillFailed({ drill, onRefetch }: DrillOutcomeProps) {
  const { id, response, evaluationFailure } = drill
  const [request] = useRequestEvaluationMutation()
  const form = useFaultForm(
    async () => (await request({ variables: { sessionId: id } })).data?.requestEvaluation,
    async () => void (await onRefetch()),
  )
  if (!response)
    return (
      <Notice tone="warning">
        This question was left without an answer, so there is no score. You can answer it again.
      </Notice>
    )
  // A text that is there says the same to a judge that is asked again; a recording may be understood by then.
  const mayJudgeAgain = evaluationFailure === null || evaluationFailure.retryable || isUnheard(drill)
  return (
    <>
      <Notice
        tone="warning"
        action={
          mayJudgeAgain ? (
            <Button busy={form.isBusy} onClick={form.submit}>
              Try scoring again
            </Button>
          ) : undefined
        }
      >
        <p>{evaluationFailure?.message ?? 'Your answer could not be scored.'}</p>
        <p class="small soft">Your answer is safe.</p>
      </Notice>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </>
  )
}
