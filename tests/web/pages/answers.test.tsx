// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { beforeTalk, toUnderstanding, whileTalking } from '../../../web/components/partner-tier.ts'
import { HelpRow } from '../../../web/pages/live/HelpRow.tsx'
import { ReplyCards } from '../../../web/pages/live/ReplyCards.tsx'
import { TalkButton } from '../../../web/pages/live/TalkButton.tsx'
import { TalkStyleChoice } from '../../../web/pages/practise/TalkStyleChoice.tsx'
import { voiceOptions } from '../../../web/pages/settings/preference-options.ts'
import type { CardPiece, ReplyCard } from '../../../web/realtime/reply-cards.ts'

afterEach(cleanup)

const country = { name: 'country', hint: 'a country', examples: ['Spain', 'Japan', 'Brazil'] }
const age = { name: 'age', hint: 'a number', examples: ['forty'] }
const toCard = (...pieces: CardPiece[]): ReplyCard => ({ id: 'r1', text: '…', pieces })

describe('a reply card with a gap', () => {
  const draw = (card: ReplyCard) => {
    const chosen: string[] = []
    const { container } = render(
      <ReplyCards cards={[card]} hasVoice isDisabled={false} onChoose={(text) => chosen.push(text)} />,
    )
    const send = (): void => {
      const form = container.querySelector('form')
      if (form) fireEvent.submit(form)
    }
    return { chosen, send, open: () => fireEvent.click(screen.getByRole('button', { expanded: false })) }
  }

  it('shows what belongs there, with examples, and sends nothing when tapped', () => {
    const { chosen, open } = draw(toCard('I come from ', country, '.'))
    expect(screen.getByRole('button').textContent).toBe('I come from a country.For example: Spain, Japan')
    open()
    expect(chosen).toEqual([])
    expect(document.activeElement?.textContent).toBe('Spain')
  })

  it('sends the sentence with the example that is tapped', () => {
    const { chosen, open } = draw(toCard('I come from ', country, '.'))
    open()
    fireEvent.click(screen.getByRole('button', { name: 'Japan' }))
    expect(chosen).toEqual(['I come from Japan.'])
  })

  it('sends the learner’s own word by Enter, and never an empty gap', () => {
    const { chosen, send, open } = draw(toCard('I come from ', country, '.'))
    open()
    send()
    expect(chosen).toEqual([])
    fireEvent.input(screen.getByLabelText('Your own words: a country'), { target: { value: 'Peru' } })
    send()
    expect(chosen).toEqual(['I come from Peru.'])
  })

  it('waits until each of several gaps is filled', () => {
    const { chosen, send, open } = draw(toCard(country, ' is ', age, ' years old.'))
    open()
    fireEvent.click(screen.getByRole('button', { name: 'Brazil' }))
    send()
    expect(chosen).toEqual([])
    fireEvent.click(screen.getByRole('button', { name: 'forty' }))
    send()
    expect(chosen).toEqual(['Brazil is forty years old.'])
  })

  it('closes when other cards come', () => {
    const card = toCard('I come from ', country, '.')
    const { rerender } = render(<ReplyCards cards={[card]} hasVoice isDisabled={false} onChoose={() => undefined} />)
    fireEvent.click(screen.getByRole('button'))
    rerender(<ReplyCards cards={[{ ...card, text: 'Other' }]} hasVoice isDisabled={false} onChoose={() => undefined} />)
    expect(screen.getByRole('button', { expanded: false })).toBeTruthy()
  })
})

describe('the help row', () => {
  const draw = (partnerLine: string) => {
    const said: string[] = []
    render(<HelpRow partnerLine={partnerLine} isDisabled={false} onSay={(text) => said.push(text)} />)
    return said
  }

  it('says the plain sentences that the partner knows', () => {
    const said = draw('Where do you live?')
    for (const name of ['Repeat', 'Slower', 'I don’t understand']) fireEvent.click(screen.getByRole('button', { name }))
    expect(said).toEqual(['Can you say that again, please?', 'Slower, please.', "I don't understand."])
  })

  it('asks about a word of the partner’s last line', () => {
    const said = draw('I adore breakfast.')
    const opener = screen.getByRole('button', { name: 'What does … mean?' })
    fireEvent.click(opener)
    fireEvent.click(screen.getByRole('button', { name: 'breakfast' }))
    expect(said).toEqual(['What does "breakfast" mean?'])
    expect(opener.getAttribute('aria-expanded')).toBe('false')
  })

  it('is left by Escape, back to where it was opened', () => {
    draw('I adore breakfast.')
    const opener = screen.getByRole('button', { name: 'What does … mean?' })
    fireEvent.click(opener)
    fireEvent.keyDown(screen.getByRole('button', { name: 'adore' }), { key: 'Escape' })
    expect(document.activeElement).toBe(opener)
    expect(screen.queryByRole('button', { name: 'adore' })).toBeNull()
  })

  it('has nothing to repeat before the partner has spoken', () => {
    draw('')
    expect(screen.getAllByRole<HTMLButtonElement>('button').every((button) => button.disabled)).toBe(true)
  })
})

describe('the talk button', () => {
  const draw = () => {
    const heard: string[] = []
    const pushToTalk = { press: () => heard.push('press') > 0, release: () => void heard.push('release') }
    render(
      <>
        <TalkButton pushToTalk={pushToTalk} isTalking={false} isDisabled={false} />
        <input aria-label="Field" />
        <button type="button">Other</button>
      </>,
    )
    return { heard, button: screen.getByRole('button', { name: /Hold to talk/ }) }
  }
  const space = { code: 'Space', key: ' ' }

  it('is held by the Space bar, from anywhere that has no other use for it', () => {
    const { heard } = draw()
    expect(fireEvent.keyDown(document.body, { ...space, timeStamp: 0 })).toBe(false)
    fireEvent.keyDown(document.body, { ...space, repeat: true })
    expect(heard).toEqual(['press'])
    fireEvent.blur(window)
    expect(heard).toEqual(['press', 'release'])
  })

  it('leaves the Space bar to a field', () => {
    const { heard } = draw()
    expect(fireEvent.keyDown(screen.getByLabelText('Field'), space)).toBe(true)
    expect(heard).toEqual([])
  })

  it('leaves it to a button that the keyboard led to, and takes it from one that was only clicked', () => {
    const { heard, button } = draw()
    const other = screen.getByRole('button', { name: 'Other' })
    fireEvent.keyDown(other, { code: 'Tab' })
    expect(fireEvent.keyDown(other, space)).toBe(true)
    expect(heard).toEqual([])
    fireEvent.pointerDown(other)
    other.focus()
    expect(fireEvent.keyDown(other, space)).toBe(false)
    expect(heard).toEqual(['press'])
    expect(document.activeElement).toBe(button)
  })

  it('is pressed once and once more by the Enter key', () => {
    const { heard, button } = draw()
    expect(document.activeElement).toBe(button)
    fireEvent.click(button, { detail: 0 })
    fireEvent.click(button, { detail: 0 })
    expect(heard).toEqual(['press', 'release'])
  })
})

describe('what the partner can understand', () => {
  const base = { installation: 'GUIDED', talk: 'GUIDED', hasVoice: true, told: null } as const

  it('is told by the call, before it by installation and choice', () => {
    expect(toUnderstanding(base)).toBe('GUIDED')
    expect(toUnderstanding({ ...base, talk: 'FREE' })).toBe('FREE_TALK')
    expect(toUnderstanding({ ...base, talk: 'FREE', installation: 'FREE_CONVERSATION' })).toBe('FREE_CONVERSATION')
    expect(toUnderstanding({ ...base, told: 4 })).toBe('FREE_TALK')
    expect(toUnderstanding({ ...base, installation: 'FREE_CONVERSATION', told: 3 })).toBe('GUIDED')
    expect(toUnderstanding({ ...base, hasVoice: false })).toBe('TYPED_ONLY')
  })

  it('is never promised where nothing is understood', () => {
    expect(beforeTalk.FREE_TALK).toContain('cannot understand you')
    expect(whileTalking.FREE_TALK).toContain('not understood')
  })

  it('is chosen before the talk', () => {
    const chosen: string[] = []
    render(<TalkStyleChoice value="GUIDED" onValue={(style) => chosen.push(style)} />)
    fireEvent.click(screen.getByRole('radio', { name: /Free talk/ }))
    expect(chosen).toEqual(['FREE'])
  })
})

describe('the voices', () => {
  it('are the two of the built-in partner, in words, and a service’s own by name', () => {
    const labels = (...args: Parameters<typeof voiceOptions>): string[] =>
      voiceOptions(...args).map(({ label }) => label)
    expect(labels('GUIDED', null)).toEqual(['Parley’s choice', 'A woman’s voice', 'A man’s voice'])
    expect(labels('GUIDED', 'verse')).toEqual(['Parley’s choice', 'Verse', 'A woman’s voice', 'A man’s voice'])
    expect(labels('FREE_CONVERSATION', 'verse')).toHaveLength(11)
  })
})
