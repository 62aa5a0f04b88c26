import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { TextAreaField } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useProvideLearnerTextMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

/** The server's limit. */
const maxLength = 20_000

export interface AnswerTextFormProps {
  sessionId: string
  recordingId: string
  /** The task's number, where the session has several. */
  index?: number
  /** It is what comes next, and need not be asked for. */
  isOpen?: boolean
  onDone: () => Promise<unknown>
}

/** An answer that nobody wrote down: the learner can, once. */
export function AnswerTextForm({ sessionId, recordingId, index, isOpen = false, onDone }: AnswerTextFormProps) {
  const [text, setText] = useState('')
  const where = index === undefined ? '' : ` in task ${index}`
  const [provide] = useProvideLearnerTextMutation()
  const form = useFaultForm(
    async () => (await provide({ variables: { input: { sessionId, recordingId, text } } })).data?.provideLearnerText,
    async () => void (await onDone()),
  )
  const change = (next: string): void => {
    form.reset()
    setText(next)
  }
  return (
    <details class="explain" open={isOpen}>
      <summary>Type what you said{where && <span class="hidden-visually">{where}</span>}</summary>
      <form class="learner-text" onSubmit={form.submit} noValidate>
        <TextAreaField
          label={`Your words${where}`}
          hint="All of them, in the order you said them. It can be done once."
          value={text}
          onValue={change}
          error={form.fields['text']}
          maxLength={maxLength}
        />
        {form.isBusy && <Notice>Looking for your words in the recording. This may take half a minute.</Notice>}
        {form.message && <Notice tone="problem">{form.message}</Notice>}
        <div>
          <Button type="submit" look="primary" busy={form.isBusy} disabled={text.trim() === ''}>
            Add my words
          </Button>
        </div>
      </form>
    </details>
  )
}
