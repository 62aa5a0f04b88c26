import { describe, expect, it } from 'vitest'
import { parseServerEvent } from '../../../server/domain/realtime-events/server-event.ts'

const parse = (event: object) => parseServerEvent(JSON.stringify(event))

describe('an event of the data channel', () => {
  it('is passed over where it is broken, unknown or lacks its item', () => {
    expect(parseServerEvent('{')).toEqual([])
    expect(parseServerEvent('null')).toEqual([])
    expect(parse({ type: 'rate_limits.updated' })).toEqual([])
    expect(parse({ type: 'input_audio_buffer.committed' })).toEqual([])
    expect(parse({ type: 'response.done', response: null })).toEqual([])
  })

  it('tells the times of the learner’s speech', () => {
    expect(parse({ type: 'input_audio_buffer.speech_started', item_id: 'i', audio_start_ms: 320 })).toEqual([
      { kind: 'speech-started', itemId: 'i', audioMs: 320 },
    ])
    expect(parse({ type: 'input_audio_buffer.speech_stopped', item_id: 'i', audio_end_ms: 900 })).toEqual([
      { kind: 'speech-stopped', itemId: 'i', audioMs: 900 },
    ])
  })

  it('tells an item that is not yet transcribed from one that was typed', () => {
    const spoken = { id: 'i', type: 'message', role: 'user', content: [{ type: 'input_audio', transcript: null }] }
    const typed = { id: 'i', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }
    expect(parse({ type: 'conversation.item.added', previous_item_id: null, item: spoken })).toMatchObject([
      { kind: 'item', item: { role: 'learner', text: '', isTyped: false, previousItemId: null } },
    ])
    expect(parse({ type: 'conversation.item.added', previous_item_id: 'p', item: typed })).toMatchObject([
      { kind: 'item', item: { text: 'Hello', isTyped: true, previousItemId: 'p' } },
    ])
    expect(parse({ type: 'response.output_item.added', response_id: 'r', item: spoken })).toMatchObject([
      { item: { previousItemId: undefined, responseId: 'r' } },
    ])
  })

  it('gives a tool call as a silent item and as a call', () => {
    const item = { id: 'f', type: 'function_call', name: 'offer_replies', call_id: 'c', arguments: '{}' }
    expect(parse({ type: 'response.output_item.done', response_id: 'r', item })).toMatchObject([
      { kind: 'item', item: { role: 'silent' } },
      { kind: 'function-call', itemId: 'f', callId: 'c', name: 'offer_replies', arguments: '{}' },
    ])
    expect(parse({ type: 'conversation.item.added', item: { id: 'o', type: 'function_call_output' } })).toMatchObject([
      { kind: 'item', item: { role: 'silent' } },
    ])
  })

  it('takes the partner’s words from sound and from text alike', () => {
    expect(
      parse({
        type: 'response.output_audio_transcript.delta',
        event_id: 'e',
        item_id: 'i',
        response_id: 'r',
        content_index: 0,
        delta: 'Hel',
      }),
    ).toEqual([{ kind: 'partner-delta', eventId: 'e', itemId: 'i', responseId: 'r', contentIndex: 0, delta: 'Hel' }])
    expect(
      parse({ type: 'response.output_text.done', item_id: 'i', response_id: 'r', content_index: 1, text: 'Hello' }),
    ).toEqual([{ kind: 'partner-text', itemId: 'i', responseId: 'r', contentIndex: 1, text: 'Hello' }])
  })

  it('tells how the other end takes turns, so that it can be put back', () => {
    const turn_detection = { type: 'server_vad', prefix_padding_ms: 300, silence_duration_ms: 1_800, threshold: 0.5 }
    expect(parse({ type: 'session.updated', session: { audio: { input: { turn_detection } } } })).toEqual([
      {
        kind: 'session',
        turnDetection: { type: 'server_vad', prefixPaddingMs: 300, silenceMs: 1_800, raw: turn_detection },
      },
    ])
    expect(parse({ type: 'session.created', session: { audio: { input: { turn_detection: null } } } })).toEqual([
      { kind: 'session', turnDetection: null },
    ])
  })

  it('tells what Parley’s own partner can understand, and how it came by the words', () => {
    const input = { turn_detection: null }
    for (const [tier, known] of [
      [4, 4],
      [1, undefined],
      ['3', undefined],
    ])
      expect(parse({ type: 'session.created', session: { audio: { input }, parley: { tier } } })).toEqual([
        { kind: 'session', turnDetection: null, tier: known },
      ])
    const completed = { type: 'conversation.item.input_audio_transcription.completed', item_id: 'i', transcript: 'Yes' }
    for (const [source, known] of [
      ['matched', 'MATCHED'],
      ['recognised', 'RECOGNISED'],
      ['guessed', undefined],
    ])
      expect(parse({ ...completed, parley: { source } })).toEqual([
        { kind: 'learner-text', itemId: 'i', text: 'Yes', source: known },
      ])
  })

  it('names what failed', () => {
    expect(
      parse({
        type: 'response.done',
        response: { id: 'r', status: 'failed', status_details: { error: { code: 'rate_limit_exceeded' } } },
      }),
    ).toEqual([{ kind: 'response-done', responseId: 'r', status: 'failed', failure: 'rate_limit_exceeded' }])
    expect(parse({ type: 'error', error: { type: 'invalid_request_error', code: null, message: 'No' } })).toEqual([
      { kind: 'error', code: 'invalid_request_error', message: 'No' },
    ])
  })
})
