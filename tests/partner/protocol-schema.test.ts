/** The check that every event of every test goes through: it takes what the official SDK's types take, and nothing else. */
import { describe, expect, test } from 'vitest'
import { alwaysSent, mayBeNull } from '../support/partner-event-deviations.ts'
import { assertClientEvent, assertWellFormed } from '../support/partner-events.ts'

const item = {
  id: 'item_1',
  object: 'realtime.item',
  type: 'message',
  status: 'completed',
  role: 'user',
  content: [{ type: 'input_audio', transcript: null }],
}
const added = (changes: Record<string, unknown>) => ({
  type: 'conversation.item.added',
  event_id: 'event_1',
  previous_item_id: null,
  item: { ...item, ...changes },
})

describe('server events', () => {
  test('are taken as the service sends them, with what is added under other names', () => {
    assertWellFormed(added({}))
    assertWellFormed({ ...added({}), parley: { source: 'matched' } } as { type: string })
  })

  test.each([
    ['of no known kind', { type: 'response.sung', event_id: 'e' }, /Not a RealtimeServerEvent: response.sung/],
    ['of the beta', { type: 'response.audio.delta', event_id: 'e' }, /Not a RealtimeServerEvent/],
    ['without an id', { ...added({}), event_id: undefined }, /'event_id'/],
    ['with an item without an id', added({ id: undefined }), /'id'/],
    ['with an unknown role', added({ role: 'learner' }), /role/],
    ['with a number in place of a text', added({ content: [{ type: 'input_audio', transcript: 1 }] }), /transcript/],
    [
      'with a response that lacks its output',
      { type: 'response.created', event_id: 'e', response: { id: 'r', object: 'realtime.response' } },
      /'output'/,
    ],
    [
      'that truncate without a time',
      { type: 'conversation.item.truncated', event_id: 'e', item_id: 'i', content_index: 0 },
      /'audio_end_ms'/,
    ],
  ])('are refused %s', (_name, event, fault) => {
    expect(() => assertWellFormed(event)).toThrow(fault)
  })

  test('may differ from the types only with a reason', () => {
    for (const { because } of [...mayBeNull, ...alwaysSent]) expect(because.split(' ').length).toBeGreaterThan(5)
  })
})

describe('client events', () => {
  test('are taken as the SDK sends them', () => {
    assertClientEvent({ type: 'response.cancel' })
    const detection = { audio: { input: { turn_detection: null } } }
    assertClientEvent({ type: 'session.update', session: { type: 'realtime', ...detection } } as { type: string })
  })

  test('are refused otherwise', () => {
    expect(() => assertClientEvent({ type: 'conversation.item.delete' })).toThrow(/'item_id'/)
    expect(() => assertClientEvent({ type: 'response.done' })).toThrow(/Not a RealtimeClientEvent/)
  })
})
