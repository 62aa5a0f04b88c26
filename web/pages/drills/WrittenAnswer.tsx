import { Button } from '../../components/Button.tsx'
import { TextAreaField } from '../../components/Field.tsx'
import { plural } from '../../components/format.ts'
import { Notice } from '../../components/Notice.tsx'
import { type Drill, useSubmitAnswer } from '../../hooks/use-hand-in.ts'

/** The server's limit. */
const maxLength = 20_000

export interface WrittenAnswerProps {
  drill: Drill
  text: string
  onText: (text: string) => void
}

/** An answer in writing, with its words counted. */
export function WrittenAnswer({ drill, text, onText }: WrittenAnswerProps) {
  const form = useSubmitAnswer(drill.id, { text })
  const change = (next: string): void => {
    form.reset()
    onText(next)
  }
  return (
    <form class="drill__answer written" onSubmit={form.submit} noValidate>
      <TextAreaField
        label="Your answer in writing"
        hint="Write as you would say it. Once handed in it stays as it is."
        value={text}
        onValue={change}
        error={form.fields['text']}
        maxLength={maxLength}
      />
      <p class="drill__count soft small numeric">
        <span>{plural(countWords(text), 'word')}</span>
        {text.length > maxLength * 0.9 && (
          <span>
            {text.length} of {maxLength} characters
          </span>
        )}
      </p>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div>
        <Button type="submit" look="primary" large busy={form.isBusy} disabled={text.trim() === ''}>
          Hand in
        </Button>
      </div>
    </form>
  )
}

function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}
