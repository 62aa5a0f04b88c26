import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { TextAreaField } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useProvideLearnerTextMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

/** The server's limit. */
const maxLength = 20_000

/** After free talk: what nobody understood, the learner can tell. It then stands in the transcript where it was said. */
export function LearnerTextForm({ sessionId }: { sessionId: string }) {
  const [text, setText] = useState('')
  const [provide] = useProvideLearnerTextMutation()
  const form = useFaultForm(
    async () => (await provide({ variables: { input: { sessionId, text } } })).data?.provideLearnerText,
  )
  const change = (next: string): void => {
    form.reset()
    setText(next)
  }
  return (
    <section class="card" aria-labelledby="learner-text-title">
      <form class="learner-text" onSubmit={form.submit} noValidate>
        <div>
          <h2 id="learner-text-title">What did you say?</h2>
          <p class="soft">
            In free talk nobody understands your words. Listen to yourself and type them: they then take their place in
            the transcript. It is up to you, and it can be done once.
          </p>
        </div>
        <TextAreaField
          label="Your words"
          hint="All of them, in the order you said them."
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
    </section>
  )
}
