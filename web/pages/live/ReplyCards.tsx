import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ReplyCard } from '../../realtime/reply-cards.ts'
import { SlotCard } from './SlotCard.tsx'

export interface ReplyCardsProps {
  cards: readonly ReplyCard[]
  hasVoice: boolean
  isDisabled: boolean
  onChoose: (text: string) => void
}

/** Things one might say now: to be said aloud, or tapped. Their room stays when they go, so that nothing moves until the next come. */
export function ReplyCards({ cards, hasVoice, isDisabled, onChoose }: ReplyCardsProps) {
  const room = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => keepRoom(room.current), [cards])
  return (
    <div class="replies-room" ref={room}>
      {cards.length > 0 && (
        <section class="replies" aria-label="Replies you can say">
          <p class="replies__label">{hasVoice ? 'Say one aloud, or tap it' : 'Tap one, or type your own'}</p>
          <CardList key={cards.map((card) => card.text).join('|')} {...{ cards, isDisabled, onChoose }} />
        </section>
      )}
    </div>
  )
}

function CardList({ cards, isDisabled, onChoose }: Omit<ReplyCardsProps, 'hasVoice'>) {
  const [openId, setOpenId] = useState<string | null>(null)
  return (
    <ul class="replies__list">
      {cards.map((card) => (
        <li key={card.id}>
          {card.pieces ? (
            <SlotCard
              card={card}
              isOpen={openId === card.id}
              isDisabled={isDisabled}
              onToggle={() => setOpenId((id) => (id === card.id ? null : card.id))}
              onChoose={onChoose}
            />
          ) : (
            <button type="button" class="reply" disabled={isDisabled} onClick={() => onChoose(card.text)}>
              {card.text}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** As tall as the tallest cards so far at this width. */
function keepRoom(room: HTMLElement | null): void {
  if (!room) return
  const width = String(room.offsetWidth)
  if (room.dataset['width'] !== width) room.style.minHeight = ''
  room.dataset['width'] = width
  const tallest = Math.max(Number.parseFloat(room.style.minHeight) || 0, room.scrollHeight)
  if (room.firstElementChild) room.style.minHeight = `${tallest}px`
}
