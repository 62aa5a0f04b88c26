import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../../components/Icon.tsx'
import type { PushToTalk } from '../../realtime/push-to-talk.ts'
import { TalkPress } from '../../realtime/talk-press.ts'

export interface TalkButtonProps {
  pushToTalk: Pick<PushToTalk, 'press' | 'release'>
  isTalking: boolean
  isDisabled: boolean
}

/** Hold it, or the Space bar, to talk; or press once to begin and once more to send. */
export function TalkButton({ pushToTalk, isTalking, isDisabled }: TalkButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [press] = useState(
    () => new TalkPress({ onPress: () => pushToTalk.press(), onRelease: () => pushToTalk.release() }),
  )
  useEffect(() => button.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    if (!isTalking) press.cancel()
  }, [isTalking, press])
  useEffect(() => followSpaceBar(press, () => button.current), [press])
  return (
    <button
      ref={button}
      type="button"
      class="talk-button"
      aria-pressed={isTalking}
      aria-describedby="talk-button-hint"
      disabled={isDisabled}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        press.down(event.timeStamp)
      }}
      onPointerUp={(event) => press.up(event.timeStamp)}
      onPointerCancel={() => press.cancel()}
      // A long touch would open a menu.
      onContextMenu={(event) => event.preventDefault()}
      // Pointers were heard above: what is left has no length, as the Enter key and screen readers make it.
      onClick={(event) => event.detail === 0 && press.tap()}
    >
      <span>
        <Icon name={isTalking ? 'mic' : 'hold'} /> {isTalking ? 'We hear you' : 'Hold to talk'}
      </span>
      <span class="talk-button__hint" id="talk-button-hint">
        {isTalking ? 'Let go, or press again, to send' : 'Or press once, and once more to send'}
      </span>
    </button>
  )
}

/**
 * The Space bar talks wherever it has nothing else to do: not in a field, and not on a button that the Tab key led to.
 * On one that was only clicked nobody expects it. Gives the way to stop listening.
 */
function followSpaceBar(press: TalkPress, findButton: () => HTMLElement | null): () => void {
  let isByPointer = false
  const isOurs = (event: KeyboardEvent): boolean => {
    if (event.code !== 'Space' || event.ctrlKey || event.altKey || event.metaKey) return false
    const other = event.target instanceof Element ? event.target.closest('a, button, input, select, textarea') : null
    return other === null || other === findButton() || (isByPointer && other.matches('a, button'))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOurs(event)) return void (isByPointer = false)
    // Else the page scrolls, and the button is clicked besides.
    event.preventDefault()
    findButton()?.focus({ preventScroll: true })
    if (!event.repeat) press.down(event.timeStamp)
  }
  const onKeyUp = (event: KeyboardEvent): void => {
    if (!isOurs(event)) return
    event.preventDefault()
    press.up(event.timeStamp)
  }
  const listening = new AbortController()
  const { signal } = listening
  addEventListener('keydown', onKeyDown, { signal })
  addEventListener('keyup', onKeyUp, { signal })
  addEventListener('pointerdown', () => (isByPointer = true), { signal })
  addEventListener('blur', () => press.cancel(), { signal })
  return () => {
    listening.abort()
    press.cancel()
  }
}
