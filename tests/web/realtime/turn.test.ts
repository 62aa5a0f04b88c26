import { describe, expect, it } from 'vitest'
import { parseReplyCards } from '../../../web/realtime/reply-cards.ts'
import type { ServerEvent } from '../../../server/domain/realtime-events/server-event.ts'
import { TurnControl } from '../../../web/realtime/turn-control.ts'
import { leaveCall, quietTurn, receiveTurn, type TurnState } from '../../../web/realtime/turn-state.ts'

const after = (...events: ServerEvent[]): TurnState => events.reduce(receiveTurn, quietTurn)
const offer: ServerEvent = {
  kind: 'function-call',
  itemId: 'f',
  callId: 'c',
  name: 'offer_replies',
  arguments: '{"replies":[{"id":"yes","text":"Yes, please."}]}',
}
const detection = {
  type: 'server_vad',
  prefixPaddingMs: 300,
  silenceMs: 900,
  raw: { type: 'server_vad', silence_duration_ms: 900, create_response: true },
}

describe('reply cards', () => {
  it('are read leniently, and refused where there is nothing to show', () => {
    expect(parseReplyCards('{"replies":[{"id":"a","text":" Yes "},{"text":"No"},{"id":"x"},"Maybe",7]}')).toEqual([
      { id: 'a', text: 'Yes' },
      { id: 'reply-2', text: 'No' },
      { id: 'reply-4', text: 'Maybe' },
    ])
    expect(parseReplyCards('{"replies":[]}')).toBeNull()
    expect(parseReplyCards('nonsense')).toBeNull()
  })

  it('stay when nothing was understood, and go when an answer was', () => {
    expect(after(offer, { kind: 'learner-text', itemId: 'i', text: '' })).toMatchObject({
      cards: [{ id: 'yes' }],
      wasMissed: true,
    })
    expect(after(offer, { kind: 'learner-text', itemId: 'i', text: 'Yes, please.' })).toMatchObject({
      cards: [],
      wasMissed: false,
    })
  })
})

describe('the goodbye', () => {
  const goodbye: ServerEvent = { ...offer, arguments: '{"replies":[],"is_over":true}' }

  it('takes the cards away, and holds through a call that is lost', () => {
    expect(after(offer, goodbye)).toMatchObject({ cards: [], isTalkOver: true })
    expect(leaveCall(after(offer, goodbye))).toMatchObject({ cards: [], isTalkOver: true })
  })

  it('is taken back by a question, and not said by what cannot be read', () => {
    expect(after(goodbye, offer)).toMatchObject({ cards: [{ id: 'yes' }], isTalkOver: false })
    expect(after(offer, { ...offer, arguments: 'nonsense' })).toMatchObject({
      cards: [{ id: 'yes' }],
      isTalkOver: false,
    })
  })
})

describe('late transcription', () => {
  const said: ServerEvent[] = [
    { kind: 'committed', itemId: 'i', previousItemId: null },
    { kind: 'response-created', responseId: 'r' },
  ]
  const text: ServerEvent = { kind: 'learner-text', itemId: 'i', text: 'Yes, please.' }

  it('does not take away the cards that came with the answer to it', () => {
    expect(after(...said, offer, text).cards).toMatchObject([{ id: 'yes' }])
  })

  it('takes away those that were there before, and those of a turn before', () => {
    expect(after(offer, ...said, text).cards).toEqual([])
    expect(after(...said, offer, text, ...said, text).cards).toEqual([])
  })
})

describe('free talk', () => {
  it('finds nothing amiss in words that nobody was to understand', () => {
    const told: ServerEvent = { kind: 'session', turnDetection: null, tier: 4 }
    expect(after(told, { kind: 'learner-text', itemId: 'i', text: '' })).toMatchObject({ tier: 4, wasMissed: false })
    expect(after(told, { kind: 'session', turnDetection: detection }).tier).toBe(4)
  })
})

describe('whose turn it is', () => {
  it('follows the sound, not the text, of the partner', () => {
    expect(after({ kind: 'response-created', responseId: 'r' })).toMatchObject({
      isPartnerThinking: true,
      isPartnerSpeaking: false,
    })
    expect(
      after(
        { kind: 'response-created', responseId: 'r' },
        { kind: 'audio-started', responseId: 'r' },
        { kind: 'response-done', responseId: 'r', status: 'completed', failure: null },
      ),
    ).toMatchObject({ isPartnerSpeaking: true, activeResponseId: null })
    expect(after({ kind: 'audio-started', responseId: 'r' }, { kind: 'audio-cleared', responseId: 'r' })).toMatchObject(
      { isPartnerSpeaking: false },
    )
  })

  it('does not trouble the learner with refusals that follow from two ends acting at once', () => {
    expect(after({ kind: 'error', code: 'response_cancel_not_active', message: 'x' }).problem).toBeNull()
    expect(after({ kind: 'error', code: 'server_error', message: 'It broke' }).problem).toBe('It broke')
  })
})

const typedItem = {
  previousItemId: null,
  role: 'learner' as const,
  text: '',
  isTyped: true,
  isTextOnly: false,
  responseId: undefined,
}

describe('what the page says to the other end', () => {
  const recorder = () => {
    const sent: { type: string }[] = []
    return { sent, control: new TurnControl((event) => sent.push(event) > 0) }
  }

  it('interrupts a speaking partner before a typed answer', () => {
    const { sent, control } = recorder()
    expect(control.say('Hello', { ...quietTurn, activeResponseId: 'r', isPartnerSpeaking: true })).toBe(true)
    expect(sent.map((event) => event.type)).toEqual([
      'response.cancel',
      'output_audio_buffer.clear',
      'conversation.item.create',
      'response.create',
    ])
    expect(sent[2]).toMatchObject({ item: { role: 'user', content: [{ type: 'input_text', text: 'Hello' }] } })
  })

  it('says again in a fresh call what the former one never took, as the same item, and nothing that was taken', () => {
    const { sent, control } = recorder()
    control.say('Taken.', quietTurn)
    control.say('Lost.', quietTurn)
    const items = sent.filter((event) => event.type === 'conversation.item.create') as {
      type: string
      item: { id: string }
    }[]
    const [taken, lost] = items
    control.receive({ kind: 'item', item: { ...typedItem, itemId: taken?.item.id ?? '' } })
    sent.length = 0
    control.joinCall()
    const earlier = { type: 'conversation.item.create', item: { id: 'replay_2_0' } }
    control.letPartnerBegin([earlier])
    expect(sent).toEqual([earlier, lost, { type: 'response.create' }])
    control.receive({ kind: 'item', item: { ...typedItem, itemId: lost?.item.id ?? '' } })
    sent.length = 0
    control.letPartnerBegin()
    expect(sent).toEqual([{ type: 'response.create' }])
  })

  it('says nothing for an empty answer, and tells when the call does not take it', () => {
    expect(recorder().control.say('', quietTurn)).toBe(false)
    expect(new TurnControl(() => false).say('Hello', quietTurn)).toBe(false)
  })

  it('holds the turn and puts back what was there, then asks for the answer that is due', () => {
    const { sent, control } = recorder()
    control.setHolding(true, { ...quietTurn, turnDetection: detection })
    expect(sent).toMatchObject([
      {
        type: 'session.update',
        session: { audio: { input: { turn_detection: { silence_duration_ms: 900, create_response: false } } } },
      },
    ])
    const held = { ...detection, raw: { ...detection.raw, create_response: false } }
    control.setHolding(false, { ...quietTurn, turnDetection: held, isAnswerDue: true })
    expect(sent.slice(1)).toMatchObject([
      { type: 'session.update', session: { audio: { input: { turn_detection: { create_response: true } } } } },
      { type: 'response.create' },
    ])
  })

  it('answers each tool call once', () => {
    const { sent, control } = recorder()
    control.receive(offer)
    control.receive(offer)
    expect(sent).toEqual([
      {
        type: 'conversation.item.create',
        item: { type: 'function_call_output', call_id: 'c', output: '{"shown":true}' },
      },
    ])
  })
})
