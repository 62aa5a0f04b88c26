import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeSegments } from '../../../server/domain/transcript.ts'
import {
  closeCall,
  emptyBuffer,
  noteTalk,
  receiveEvent,
  type BufferState,
  type ReceivedEvent,
} from '../../../server/domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../../../server/domain/realtime-events/transcript-segments.ts'
import { toEvents, type Turn } from './conversation-events.ts'

const context = { zeroMs: 1_000, voiceSource: 'MATCHED' as const }
const receive = (events: readonly ReceivedEvent[], from: BufferState = emptyBuffer): BufferState =>
  events.reduce(receiveEvent, from)
const read = (state: BufferState) =>
  mergeSegments(
    [],
    toSegments(state, context).map(({ segment }) => segment),
  ).segments

const word = fc.stringMatching(/^[a-z]{1,8}$/)
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '))
const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record({ speaker: fc.constant('partner' as const), text, isInterrupted: fc.boolean(), hasTool: fc.boolean() }),
  fc.record({ speaker: fc.constant('learner' as const), text, isTyped: fc.boolean() }),
  fc.record({ speaker: fc.constant('learner' as const), text, isMissed: fc.constant(true) }),
)
const turns = fc.array(turn, { minLength: 1, maxLength: 8 })

describe('the transcript buffer', () => {
  it('gives the same transcript for every order of arrival and every doubled event', () => {
    const shuffled = turns.chain((list) => {
      const events = toEvents(list)
      const doubled = fc.subarray(events).map((again) => [...events, ...again])
      return fc.tuple(
        fc.constant(events),
        doubled.chain((all) => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })),
      )
    })
    fc.assert(
      fc.property(shuffled, ([events, other]) => {
        expect(read(receive(other))).toEqual(read(receive(events)))
      }),
      { numRuns: 300 },
    )
  })

  it('loses no text and keeps the order of the conversation', () => {
    fc.assert(
      fc.property(turns, (list) => {
        const segments = read(closeCall(receive(toEvents(list)), 1))
        expect(segments.map((segment) => segment.text)).toEqual(
          list.filter((each) => !each.isMissed).map((each) => each.text),
        )
        expect(segments.every((segment) => segment.final)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('never takes back a final, whatever comes after it', () => {
    fc.assert(
      fc.property(turns, (list) => {
        const events = toEvents(list)
        let state = emptyBuffer
        const finals = new Map<string, string>()
        for (const event of events) {
          state = receiveEvent(state, event)
          for (const { segment } of toSegments(state, context)) {
            const known = finals.get(segment.itemId)
            const now = JSON.stringify([segment.text, segment.interrupted, segment.speaker, segment.source])
            if (known !== undefined) expect([segment.final, now]).toEqual([true, known])
            if (segment.final) finals.set(segment.itemId, now)
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('a segment', () => {
  const talk: Turn[] = [
    { speaker: 'partner', text: 'Hello! Are you hungry?', hasTool: true },
    { speaker: 'learner', text: '', isMissed: true },
    { speaker: 'partner', text: 'Sorry, say it again.', hasTool: true },
    { speaker: 'learner', text: 'Yes, I am.' },
  ]

  it('follows the nearest item with words, over tools and over speech that nobody understood', () => {
    const byItem = new Map(toSegments(receive(toEvents(talk)), context).map(({ segment }) => [segment.itemId, segment]))
    expect(byItem.get('item-1-0')?.previousItemId).toBeNull()
    expect(byItem.get('item-1-2')?.previousItemId).toBe('item-1-0')
    expect(byItem.get('item-1-3')?.previousItemId).toBe('item-1-2')
  })

  it('is not final while the item before it may yet get words', () => {
    const events = toEvents([
      { speaker: 'learner', text: 'I am late.' },
      { speaker: 'partner', text: 'Never mind.' },
    ])
    const untold = receive(events.filter(({ event }) => event.kind !== 'learner-text'))
    expect(toSegments(untold, context).map(({ segment }) => segment)).toMatchObject([
      { text: 'Never mind.', final: false, previousItemId: 'item-1-0' },
    ])
    const told = receive(
      events.filter(({ event }) => event.kind === 'learner-text'),
      untold,
    )
    expect(read(told)).toMatchObject([
      { text: 'I am late.', final: true },
      { text: 'Never mind.', final: true },
    ])
  })

  it('of the partner is final only when its sound has ended, and knows whether it was cut off', () => {
    const events = toEvents([{ speaker: 'partner', text: 'A long story.', isInterrupted: true }])
    const sounding = receive(events.filter(({ event }) => event.kind !== 'audio-cleared' && event.kind !== 'truncated'))
    expect(read(sounding)).toMatchObject([{ final: false, interrupted: false }])
    expect(read(receive(events))).toMatchObject([{ final: true, interrupted: true }])
  })

  it('of the learner is timed by the audio clock, without the padding and the silence that were added', () => {
    const state = receive(
      toEvents([
        { speaker: 'partner', text: 'Hi.' },
        { speaker: 'learner', text: 'Hello.' },
      ]),
    )
    const learner = read(state).find((segment) => segment.speaker === 'LEARNER')
    const started = toEvents([
      { speaker: 'partner', text: 'Hi.' },
      { speaker: 'learner', text: 'Hello.' },
    ]).find(({ event }) => event.kind === 'speech-stopped')
    // The least difference seen is the tightest bound of when the audio clock began.
    const offset = (started?.atMs ?? 0) - 3_900
    expect(learner).toMatchObject({ startMs: Math.max(0, offset + 2_000 + 300 - 1_000), source: 'MATCHED' })
  })

  it('that was held by hand is timed by the hand, also after the pauses stopped telling', () => {
    const [session, ...rest] = toEvents([{ speaker: 'learner', text: 'hello' }])
    const byHand = rest.filter(({ event }) => !event.kind.startsWith('speech-'))
    const quiet: ReceivedEvent = { callNumber: 1, order: 0, atMs: 900, event: { kind: 'session', turnDetection: null } }
    const spans = [
      { startMs: 1_010, endMs: 1_050 },
      { startMs: 1_100, endMs: 1_250 },
      { startMs: 5_000, endMs: 6_000 },
    ]
    const noted = spans.reduce((state, span) => noteTalk(state, 1, span), receive(session ? [session, quiet] : []))
    expect(noted.calls.get(1)).toMatchObject({ prefixPaddingMs: 300, silenceMs: 800 })
    expect(read(receive(byHand, noted))).toMatchObject([{ startMs: 100, endMs: 250 }])
  })

  it('says how the words came to be, as the other end told it', () => {
    const heard = (source?: 'MATCHED' | 'RECOGNISED'): ReceivedEvent[] =>
      toEvents([{ speaker: 'learner', text: 'hello' }]).map((received) =>
        received.event.kind === 'learner-text' ? { ...received, event: { ...received.event, source } } : received,
      )
    const sourceIn = (events: ReceivedEvent[], voiceSource: 'PROVIDER' | 'MATCHED') =>
      toSegments(receive(events), { ...context, voiceSource }).map(({ segment }) => segment.source)
    expect(sourceIn(heard('RECOGNISED'), 'MATCHED')).toEqual(['RECOGNISED'])
    expect(sourceIn(heard('MATCHED'), 'PROVIDER')).toEqual(['MATCHED'])
    expect(sourceIn(heard(), 'PROVIDER')).toEqual(['PROVIDER'])
  })

  it('that was typed says so', () => {
    expect(read(receive(toEvents([{ speaker: 'learner', text: 'I typed this.', isTyped: true }])))).toMatchObject([
      { source: 'TYPED', final: true, startMs: 100 },
    ])
  })

  it('keeps what was heard of a turn whose end never came', () => {
    const events = toEvents([{ speaker: 'partner', text: 'Half a sentence' }]).filter(
      ({ event }) => event.kind === 'item' || event.kind === 'partner-delta',
    )
    expect(read(closeCall(receive(events), 1))).toMatchObject([{ text: 'Half a sentence', final: true }])
  })

  it('is not sent before it is known what it follows, unless the call is over', () => {
    const [learnerText] = toEvents([{ speaker: 'learner', text: 'Hello' }]).filter(
      ({ event }) => event.kind === 'learner-text',
    )
    const state = receive(learnerText ? [learnerText] : [])
    expect(toSegments(state, context)).toMatchObject([{ isPlaced: false, segment: { text: 'Hello' } }])
    expect(toSegments(closeCall(state, 1), context)).toMatchObject([{ isPlaced: true }])
  })

  it('of a second call comes after all of the first', () => {
    const first = toEvents([{ speaker: 'partner', text: 'One' }], 1)
    const second = toEvents([{ speaker: 'partner', text: 'Two' }], 2)
    expect(read(receive([...second, ...first])).map((segment) => segment.text)).toEqual(['One', 'Two'])
  })

  it('shares the sound of a response with its siblings by length of text', () => {
    const item = (itemId: string, previousItemId: string | null) => ({
      kind: 'item' as const,
      item: {
        itemId,
        previousItemId,
        role: 'partner' as const,
        text: '',
        isTyped: false,
        isTextOnly: false,
        responseId: 'r',
      },
    })
    const events = [
      item('a', null),
      { kind: 'partner-text' as const, itemId: 'a', responseId: 'r', contentIndex: 0, text: 'abc' },
      item('b', 'a'),
      { kind: 'partner-text' as const, itemId: 'b', responseId: 'r', contentIndex: 0, text: 'abcdef' },
      { kind: 'audio-started' as const, responseId: 'r' },
      { kind: 'audio-stopped' as const, responseId: 'r' },
    ].map((event, index) => ({ callNumber: 1, order: index + 1, atMs: 1_000 + index * 900, event }))
    expect(read(receive(events))).toMatchObject([
      { startMs: 3_600, endMs: 3_900 },
      { startMs: 3_900, endMs: 4_500 },
    ])
  })
})
