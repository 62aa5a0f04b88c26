import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { fillCard, slotsOf, type ReplyCard, type ReplySlot } from '../../realtime/reply-cards.ts'

export interface SlotCardProps {
  card: ReplyCard
  isOpen: boolean
  isDisabled: boolean
  onToggle: () => void
  onChoose: (text: string) => void
}

/** A reply with a gap. Said aloud it needs no more; tapped, it asks what belongs there. */
export function SlotCard({ card, isOpen, isDisabled, onToggle, onChoose }: SlotCardProps) {
  const formId = useId()
  return (
    <div class="slot-card" data-open={isOpen}>
      <button
        type="button"
        class="reply"
        aria-expanded={isOpen}
        aria-controls={formId}
        disabled={isDisabled}
        onClick={onToggle}
      >
        <span class="reply__sentence">
          {card.pieces?.map((piece, index) =>
            typeof piece === 'string' ? (
              piece
            ) : (
              <span key={index} class="reply__gap">
                {piece.hint}
              </span>
            ),
          )}
        </span>
        <span class="reply__examples">{toExamples(slotsOf(card))}</span>
      </button>
      <div id={formId}>{isOpen && <SlotForm card={card} isDisabled={isDisabled} onChoose={onChoose} />}</div>
    </div>
  )
}

/** One gap is filled and sent by one tap on an example; with more of them, each is filled and then sent. */
function SlotForm({ card, isDisabled, onChoose }: Pick<SlotCardProps, 'card' | 'isDisabled' | 'onChoose'>) {
  const slots = slotsOf(card)
  const [words, setWords] = useState<Record<string, string>>({})
  const form = useRef<HTMLFormElement>(null)
  const sentence = fillCard(card, words)
  // An example first: a field would bring up a phone's keyboard, over half of the page.
  useEffect(() => {
    form.current?.scrollIntoView?.({ block: 'nearest' })
    form.current?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true })
  }, [])
  const choose = (slot: ReplySlot, word: string): void => {
    const next = { ...words, [slot.name]: word }
    const whole = slots.length === 1 ? fillCard(card, next) : null
    if (whole === null) setWords(next)
    else onChoose(whole)
  }
  const submit = (event: Event): void => {
    event.preventDefault()
    if (sentence !== null && !isDisabled) onChoose(sentence)
  }
  return (
    <form class="slot-form" ref={form} onSubmit={submit}>
      {slots.map((slot) => (
        <div key={slot.name} class="slot-form__slot">
          <ul class="chips" aria-label={`Examples for ${slot.hint}`}>
            {slot.examples.map((example) => (
              <li key={example}>
                <button type="button" class="chip" disabled={isDisabled} onClick={() => choose(slot, example)}>
                  {example}
                </button>
              </li>
            ))}
          </ul>
          <input
            class="input"
            type="text"
            aria-label={`Your own words: ${slot.hint}`}
            placeholder={`Or your own: ${slot.hint}`}
            value={words[slot.name] ?? ''}
            maxLength={80}
            autocomplete="off"
            onInput={(event) => setWords((all) => ({ ...all, [slot.name]: event.currentTarget.value }))}
          />
        </div>
      ))}
      <Button type="submit" look="primary" icon="send" disabled={isDisabled || sentence === null}>
        Send
      </Button>
    </form>
  )
}

/** Two examples of one gap, or one of each of several. */
function toExamples(slots: readonly ReplySlot[]): string {
  const examples =
    slots.length === 1 ? (slots[0]?.examples.slice(0, 2) ?? []) : slots.flatMap((slot) => slot.examples[0] ?? [])
  return examples.length === 0 ? '' : `For example: ${examples.join(', ')}`
}
