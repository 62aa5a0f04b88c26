// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { LiveStore, type LiveState } from '../../../web/realtime/live-state.ts'
import { quietTurn } from '../../../web/realtime/turn-state.ts'
import { Captions } from '../../../web/pages/live/Captions.tsx'
import { ReplyCards } from '../../../web/pages/live/ReplyCards.tsx'
import { SavingView } from '../../../web/pages/live/SavingView.tsx'
import { TypedAnswer } from '../../../web/pages/live/TypedAnswer.tsx'
import { toTurnText } from '../../../web/pages/live/turn-text.ts'
import { segmentInput } from '../../support/segment-input.ts'

afterEach(cleanup)

const toState = (change: Partial<LiveState>): LiveState => {
  const store = new LiveStore(0, 900_000)
  store.set(change)
  return store.get()
}
const caption = (itemId: string, final: boolean) => ({
  ...segmentInput(itemId, { final }),
  sequence: 1,
  revision: 0,
  receivedStartMs: 0,
  receivedEndMs: 0,
})

describe('the ending', () => {
  const draw = (change: Partial<LiveState>) =>
    render(<SavingView state={toState(change)} onRetry={() => undefined} onLeave={() => undefined} />)

  it('does not say saved while anything is under way', () => {
    for (const saveStep of ['transcript', 'preparing', 'uploading', 'checking'] as const) {
      draw({ phase: 'saving', saveStep })
      expect(screen.getByRole('heading').textContent).toBe('Saving…')
      cleanup()
    }
    draw({ phase: 'saved', saveStep: 'saved' })
    expect(screen.getByRole('heading').textContent).toBe('Saved')
  })

  it('says that nothing is lost where it fails, and offers to try again', () => {
    draw({ phase: 'save-failed', saveFailure: 'The store is busy.' })
    expect(screen.getByRole('heading').textContent).toBe('Not saved yet')
    expect(screen.getByRole('status').textContent).toContain('kept on this device')
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
  })
})

describe('the stage', () => {
  it('tells whose turn it is', () => {
    const said = (change: Partial<LiveState>): string => toTurnText(toState({ phase: 'live', ...change })).title
    expect(said({ turn: { ...quietTurn, isPartnerSpeaking: true } })).toBe('Your partner is speaking')
    expect(said({ turn: { ...quietTurn, isLearnerSpeaking: true } })).toBe('We hear you')
    expect(said({ isHolding: true, turn: { ...quietTurn, isPartnerSpeaking: true } })).toBe('Take your time')
    expect(said({ segments: [caption('a', true)] })).toBe('Your turn')
    expect(said({ segments: [caption('a', true)], isMuted: true })).toBe('You are muted')
    expect(said({ phase: 'lost' })).toBe('The call was cut off')
    expect(said({ isPushToTalk: true, isMuted: true, segments: [caption('a', true)] })).toBe('Your turn')
    expect(said({ isPushToTalk: true, isTalking: true })).toBe('We hear you')
  })

  it('greys what is not final and shows the last few lines', () => {
    const segments = Array.from({ length: 9 }, (_, index) => caption(`${index}`, index < 8))
    const { container } = render(<Captions segments={segments} />)
    const lines = [...container.querySelectorAll('.caption')]
    expect(lines).toHaveLength(6)
    expect(lines.map((line) => line.getAttribute('data-final')).at(-1)).toBe('false')
  })

  it('takes a tapped reply', () => {
    const chosen: string[] = []
    render(
      <ReplyCards
        cards={[{ id: 'a', text: 'Yes, please.' }]}
        hasVoice
        isDisabled={false}
        onChoose={(text) => chosen.push(text)}
      />,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Yes, please.' }))
    expect(chosen).toEqual(['Yes, please.'])
  })

  it('keeps a typed answer that could not be sent', () => {
    let isConnected = false
    const { container } = render(<TypedAnswer isDisabled={false} onSay={() => isConnected} />)
    const field = screen.getByLabelText<HTMLInputElement>('Type your answer')
    fireEvent.input(field, { target: { value: 'Hello' } })
    const form = container.querySelector('form')
    if (!form) throw new Error('No form')
    fireEvent.submit(form)
    expect(field.value).toBe('Hello')
    isConnected = true
    fireEvent.submit(form)
    expect(field.value).toBe('')
  })
})
