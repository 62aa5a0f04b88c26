import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../../components/Button.tsx'
import { Dialog } from '../../../components/Dialog.tsx'
import { Field } from '../../../components/Field.tsx'
import { Loading } from '../../../components/Loading.tsx'
import { Notice } from '../../../components/Notice.tsx'
import { usePublishSessionMutation } from '../../../gql/hooks.ts'
import { describeError, describeFault } from '../../../graphql/faults.ts'
import { useFaultForm } from '../../../hooks/use-fault-form.ts'

export interface PublishDialogProps {
  sessionId: string
  includeAudio: boolean
  onClose: () => void
}

/** What the server wants to be sure of: what becomes public, and the phrase that says yes. */
interface Question {
  message: string
  confirm: string
}

/** The second, explicit yes: in the server's words, by writing its phrase. */
export function PublishDialog({ sessionId, includeAudio, onClose }: PublishDialogProps) {
  const [question, setQuestion] = useState<Question | null>(null)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [confirm, setConfirm] = useState('')
  const [publish] = usePublishSessionMutation()
  useEffect(() => {
    publish({ variables: { input: { sessionId, includeAudio } } })
      .then(({ data }) => {
        const answer = data?.publishSession
        if (answer?.__typename === 'ConfirmationFault') setQuestion(answer)
        else if (answer && 'code' in answer) setRefusal(describeFault(answer).message)
      })
      .catch((error: unknown) => setRefusal(describeError(error)))
  }, [publish, sessionId, includeAudio])
  const form = useFaultForm(
    async () => (await publish({ variables: { input: { sessionId, includeAudio, confirm } } })).data?.publishSession,
    onClose,
  )
  return (
    <Dialog title="Publish this session?" onClose={onClose}>
      <form class="dialog__form" onSubmit={form.submit} noValidate>
        {!question && !refusal && <Loading label="Asking what becomes public" rows={1} />}
        {refusal && <Notice tone="problem">{refusal}</Notice>}
        {question && (
          <>
            <p>{question.message}</p>
            <Field
              label={`To publish it, write: ${question.confirm}`}
              value={confirm}
              onValue={setConfirm}
              error={form.fields['confirm']}
              required
            />
          </>
        )}
        {form.message && <Notice tone="problem">{form.message}</Notice>}
        <div class="button-row">
          {question && (
            <Button look="primary" type="submit" busy={form.isBusy}>
              Publish
            </Button>
          )}
          <Button look="quiet" onClick={onClose}>
            Keep it private
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
