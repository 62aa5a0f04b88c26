import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'

/** For whoever cannot speak now, or was not understood. What could not be sent stays in the field. */
export function TypedAnswer({ isDisabled, onSay }: { isDisabled: boolean; onSay: (text: string) => boolean }) {
  const [text, setText] = useState('')
  const submit = (event: Event): void => {
    event.preventDefault()
    if (text.trim() !== '' && onSay(text)) setText('')
  }
  return (
    <form class="typed" onSubmit={submit}>
      <input
        class="input"
        type="text"
        aria-label="Type your answer"
        placeholder="Type your answer"
        value={text}
        maxLength={500}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" look="primary" icon="send" disabled={isDisabled || text.trim() === ''}>
        Answer
      </Button>
    </form>
  )
}
