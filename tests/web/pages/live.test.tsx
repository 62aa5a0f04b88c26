// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { notSaving } from '../../../web/realtime/keep-saving.ts'
import { LiveStore, type LiveState } from '../../../web/realtime/live-state.ts'
import { quietTurn } from '../../../web/realtime/turn-state.ts'
import { Captions } from '../../../web/pages/live/Captions.tsx'
import { LiveProblems } from '../../../web/pages/live/LiveProblems.tsx'
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
    render(<SavingView state={toState(change)} onNow={() => undefined} onLeave={() => undefined} />)

  it('does not say saved while anything is under way', () => {
    for (const step of ['transcript', 'preparing', 'uploading', 'checking'] as const) {
      draw({ phase: 'saving', save: { ...notSaving, step } })
      expect(screen.getByRole('heading').textContent).toBe('Saving…')
      cleanup()
    }
    draw({ phase: 'saved', save: { ...notSaving, step: 'saved' } })
    expect(screen.getByRole('heading').textContent).toBe('Saved')
  })

  it('tells how much of the recording has been sent', () => {
    draw({ phase: 'saving', save: { ...notSaving, step: 'uploading', share: 0.42 } })
    expect(screen.getByText('Your recording: 42 %')).toBeTruthy()
  })

  it('says that nothing is lost where it does not come through, that it goes on trying, and offers to try now', () => {
    const save = {
      ...notSaving,
      step: 'uploading' as const,
      failure: 'The store is busy.',
      retryAtMs: performance.now() + 8_000,
    }
    draw({ phase: 'saving', save })
    expect(screen.getByRole('heading').textContent).toBe('Not saved yet')
    const said = document.body.textContent
    expect(said).toContain('The store is busy. Everything is kept on this device')
    expect(said).toMatch(/tried again by itself.*Next try in 8 s/)
    expect(screen.getByRole('button', { name: 'Try now' })).toBeTruthy()
  })
})

describe('a call that was lost', () => {
  /** All that is said of it, by the notice and by the sign of whose turn it is. */
  const said = (change: Partial<LiveState>): string => {
    const state = toState({ phase: 'reconnecting', ...change })
    const microphone = { devices: [], deviceId: '', returned: null, failure: null, choose: async () => undefined }
    const { container } = render(
      <LiveProblems
        session={{ reconnectNow: () => undefined }}
        state={state}
        microphone={microphone}
        onChooseMicrophone={() => undefined}
      />,
    )
    return `${container.textContent} ${toTurnText(state).hint}`
  }

  it('goes on recording where the microphone is open', () => {
    expect(said({})).toMatch(/What you said is kept, and what you say now is recorded.*You are still recorded/)
  })

  it('asks whoever talks by the button to wait: their microphone is closed until the call is back', () => {
    const text = said({ isPushToTalk: true })
    expect(text).toContain('What you said is kept. Wait before you speak: Parley calls again by itself')
    expect(text).not.toMatch(/recorded/)
  })

  it.each<[string, Partial<LiveState>]>([
    ['a muted microphone', { isMuted: true }],
    ['a microphone that is gone', { problems: ['microphone-lost'] }],
    ['a browser that cannot record', { problems: ['no-recording'] }],
  ])('promises no recording of %s', (_, change) => {
    expect(said(change)).not.toMatch(/you say now|still recorded/)
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
    expect(said({ phase: 'reconnecting' })).toBe('Connecting again…')
    expect(said({ isPushToTalk: true, isMuted: true, segments: [caption('a', true)] })).toBe('Your turn')
    expect(said({ isPushToTalk: true, isTalking: true })).toBe('We hear you')
    const goodbye = { ...quietTurn, isTalkOver: true }
    expect(said({ segments: [caption('a', true)], isMuted: true, turn: goodbye })).toBe('The talk is over')
    expect(said({ turn: { ...goodbye, isPartnerSpeaking: true } })).toBe('Your partner is speaking')
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
