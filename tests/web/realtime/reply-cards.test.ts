import { describe, expect, it } from 'vitest'
import { askForMeaning, toAskableWords } from '../../../web/realtime/help-phrases.ts'
import { fillCard, parseReplyCards, slotsOf, type ReplyCard } from '../../../web/realtime/reply-cards.ts'

const parseOne = (reply: unknown): ReplyCard => {
  const [card] = parseReplyCards(JSON.stringify({ replies: [reply] })) ?? []
  if (!card) throw new Error('No card')
  return card
}
const country = { name: 'country', hint: 'a country', examples: ['Spain', 'Japan'] }
const name = { name: 'mother', hint: 'a name', examples: ['Anna'] }
const oneGap = {
  id: 'r1',
  text: 'I come from ….',
  template: 'I come from {country}.',
  slots: [country],
}

describe('a reply with an open slot', () => {
  it('is text around gaps that tell what belongs there', () => {
    expect(parseOne(oneGap)).toEqual({
      id: 'r1',
      text: 'I come from ….',
      pieces: ['I come from ', country, '.'],
    })
  })

  it('becomes a sentence with the learner’s words', () => {
    const card = parseOne({
      text: '…',
      template: '{mother} lives in {country}. I like {country}.',
      slots: [country, name],
    })
    expect(slotsOf(card).map((slot) => slot.name)).toEqual(['mother', 'country'])
    expect(fillCard(card, { mother: 'anna', country: ' Spain. ' })).toBe('Anna lives in Spain. I like Spain.')
  })

  it('is no sentence while a gap is empty', () => {
    expect(fillCard(parseOne(oneGap), {})).toBeNull()
    expect(fillCard(parseOne(oneGap), { country: ' . ' })).toBeNull()
  })

  it('is its text alone where its gaps cannot be told', () => {
    for (const reply of [
      { ...oneGap, slots: undefined },
      { ...oneGap, slots: [name] },
      { ...oneGap, template: 'I come from far away.' },
      { ...oneGap, template: undefined },
    ])
      expect(parseOne(reply)).toEqual({ id: 'r1', text: 'I come from ….' })
  })

  it('needs neither hint nor examples, and shows no more of them than fit', () => {
    const examples = ['1', '2', '3', '4', '5', '6', '7']
    expect(slotsOf(parseOne({ ...oneGap, slots: [{ name: 'country' }] }))).toEqual([
      { name: 'country', hint: 'country', examples: [] },
    ])
    expect(slotsOf(parseOne({ ...oneGap, slots: [{ ...country, examples }] }))[0]?.examples).toHaveLength(5)
  })
})

describe('the words to ask about', () => {
  it('are those of the line, each once, with the capitals that belong to them', () => {
    expect(
      toAskableWords("Nice to meet you, Ana! Nice. Where's your well-known friend from? You said “Spain”."),
    ).toEqual(['nice', 'meet', 'you', 'Ana', "where's", 'your', 'well-known', 'friend', 'from', 'said', 'Spain'])
  })

  it('stand in quotes in the question', () => {
    expect(askForMeaning('make up')).toBe('What does "make up" mean?')
  })
})
