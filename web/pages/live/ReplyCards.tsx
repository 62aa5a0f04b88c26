import type { ReplyCard } from '../../realtime/reply-cards.ts'

/** Things one might say now: to be said aloud, or tapped. */
export function ReplyCards({
  cards,
  hasVoice,
  isDisabled,
  onChoose,
}: {
  cards: readonly ReplyCard[]
  hasVoice: boolean
  isDisabled: boolean
  onChoose: (text: string) => void
}) {
  if (cards.length === 0) return null
  return (
    <section class="replies" aria-label="Replies you can say">
      <p class="replies__label">{hasVoice ? 'Say one aloud, or tap it' : 'Tap one, or type your own'}</p>
      <ul class="replies__list">
        {cards.map((card) => (
          <li key={card.id}>
            <button type="button" class="reply" disabled={isDisabled} onClick={() => onChoose(card.text)}>
              {card.text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
