import { useEffect, useRef, useState } from 'preact/hooks'
import { askForMeaning, helpPhrases, toAskableWords } from '../../realtime/help-phrases.ts'

export interface HelpRowProps {
  /** What the partner said last; empty before its first words. */
  partnerLine: string
  isDisabled: boolean
  onSay: (text: string) => void
}

/** What to say when it is too fast or too hard: one tap each. */
export function HelpRow({ partnerLine, isDisabled, onSay }: HelpRowProps) {
  const [isAsking, setIsAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const isSilent = isDisabled || partnerLine === ''
  const close = (): void => {
    setIsAsking(false)
    opener.current?.focus({ preventScroll: true })
  }
  const say = (text: string): void => {
    setIsAsking(false)
    onSay(text)
  }
  return (
    <div class="help" role="group" aria-label="Help">
      <div class="help__row">
        <button type="button" class="help__button" disabled={isSilent} onClick={() => say(helpPhrases.repeat)}>
          Repeat
        </button>
        <button type="button" class="help__button" disabled={isSilent} onClick={() => say(helpPhrases.slower)}>
          Slower
        </button>
        <button type="button" class="help__button" disabled={isSilent} onClick={() => say(helpPhrases.notUnderstood)}>
          I don’t understand
        </button>
        <button
          ref={opener}
          type="button"
          class="help__button"
          aria-expanded={isAsking}
          disabled={isSilent}
          onClick={() => setIsAsking((is) => !is)}
        >
          What does … mean?
        </button>
      </div>
      {isAsking && !isSilent && (
        <WordChoice line={partnerLine} onChoose={(word) => say(askForMeaning(word))} onClose={close} />
      )}
    </div>
  )
}

function WordChoice({
  line,
  onChoose,
  onClose,
}: {
  line: string
  onChoose: (word: string) => void
  onClose: () => void
}) {
  const list = useRef<HTMLUListElement>(null)
  // What the partner goes on to say must not move the words under the learner's finger.
  const [words] = useState(() => toAskableWords(line))
  useEffect(() => list.current?.querySelector('button')?.focus({ preventScroll: true }), [])
  return (
    <div class="help__words" onKeyDown={(event) => event.key === 'Escape' && onClose()}>
      <p class="small faint">Which word?</p>
      <ul class="chips" ref={list} aria-label="Words of your partner">
        {words.map((word) => (
          <li key={word}>
            <button type="button" class="chip" onClick={() => onChoose(word)}>
              {word}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
