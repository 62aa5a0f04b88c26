/** The protocol core without WebRTC: which events follow from what, in which order, each checked against its shape. */
import { describe, expect, test } from 'vitest'
import { hearAnswer, openSession, speakInto } from '../support/partner-session.ts'

const TURN_AFTER_SPEECH = [
  'input_audio_buffer.speech_started',
  'input_audio_buffer.speech_stopped',
  'input_audio_buffer.committed',
  'conversation.item.added',
  'conversation.item.done',
  'response.created',
  'rate_limits.updated',
  'response.output_item.added',
  'conversation.item.added',
  'response.content_part.added',
  'response.output_audio_transcript.delta',
  'response.output_audio.done',
  'response.output_audio_transcript.done',
  'response.content_part.done',
  'response.output_item.done',
  'conversation.item.done',
  'response.output_item.added',
  'conversation.item.added',
  'response.function_call_arguments.delta',
  'response.function_call_arguments.done',
  'response.output_item.done',
  'conversation.item.done',
  'response.done',
  'output_audio_buffer.started',
  'output_audio_buffer.stopped',
  'conversation.item.input_audio_transcription.delta',
  'conversation.item.input_audio_transcription.completed',
]

describe('a voice turn', () => {
  test('sends session.created first, and then the documented order', async () => {
    const open = openSession()
    await speakInto(open, 'I am well.')
    await hearAnswer(open)
    expect(open.types()).toEqual([
      'session.created',
      ...TURN_AFTER_SPEECH.flatMap((type) =>
        type === 'response.output_audio_transcript.delta' ? [type, type] : [type],
      ),
    ])
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'spoken', text: 'I am well.', by: 'matched' } }])
    expect(open.did.filter((entry) => entry.startsWith('play'))).toHaveLength(2)
    expect(open.did.at(-1)).toBe('end')
  })

  test('chains every item to the one before, the function call too', async () => {
    const open = openSession()
    await speakInto(open, 'One.')
    await speakInto(open, 'Two.')
    const added = open.find('conversation.item.added')
    expect(added.map((event) => event.item.type)).toEqual([
      'message',
      'message',
      'function_call',
      'message',
      'message',
      'function_call',
    ])
    expect(added.map((event) => event.previous_item_id)).toEqual([
      null,
      ...added.slice(0, -1).map((event) => event.item.id),
    ])
    expect(open.find('input_audio_buffer.committed')[1]?.previous_item_id).toBe(added[2]?.item.id)
  })

  test('adds the user item at once with a null transcript, though its words come late', async () => {
    const open = openSession()
    const words = Promise.withResolvers<string>()
    await speakInto(open, words.promise)
    expect(open.types().slice(-2)).toEqual(['response.created', 'rate_limits.updated'])
    expect(open.find('conversation.item.added')[0]?.item).toMatchObject({
      role: 'user',
      content: [{ type: 'input_audio', transcript: null }],
    })
    words.resolve('Late words.')
    await open.settled()
    expect(open.types().at(-1)).toBe('response.done')
    await hearAnswer(open)
    expect(open.find('conversation.item.input_audio_transcription.completed')[0]).toMatchObject({
      transcript: 'Late words.',
      usage: { type: 'duration', seconds: 1.5 },
      parley: { source: 'matched' },
    })
  })

  test('reports speech that was not understood with an empty transcript and no delta', async () => {
    const open = openSession()
    await speakInto(open, '')
    await hearAnswer(open)
    expect(open.find('conversation.item.input_audio_transcription.completed')[0]?.transcript).toBe('')
    expect(open.find('conversation.item.input_audio_transcription.delta')).toEqual([])
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'spoken', text: '', by: 'matched' } }])
  })

  test('sends transcript deltas that join to the transcript', async () => {
    const open = openSession()
    await open.send({ type: 'response.create' })
    await open.settled()
    const text = open
      .find('response.output_audio_transcript.delta')
      .map((event) => event.delta)
      .join('')
    expect(text).toBe('Answer 1. And you?')
    expect(open.find('response.output_audio_transcript.done')[0]?.transcript).toBe(text)
  })

  test('has no transcription events where the session asks for none', async () => {
    const open = openSession({ audio: { input: { transcription: null } } })
    await speakInto(open, 'Words.')
    expect(open.types().filter((type) => type.includes('transcription'))).toEqual([])
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'spoken', text: 'Words.', by: 'matched' } }])
  })

  test('creates no response where the session says so', async () => {
    const open = openSession({ audio: { input: { turn_detection: { type: 'server_vad', create_response: false } } } })
    await speakInto(open, 'Words.')
    expect(open.types()).not.toContain('response.created')
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'spoken', text: 'Words.', by: 'matched' } }])
  })

  test('answers in text where the session wants text', async () => {
    const open = openSession({ output_modalities: ['text'] })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.find('response.output_text.done')[0]?.text).toBe('Answer 1. And you?')
    expect(open.did).toEqual([])
  })
})

describe('client events', () => {
  test('a typed answer is an item of its own, and is answered', async () => {
    const open = openSession()
    await open.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hello there' }] },
    })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.types().slice(1, 4)).toEqual(['conversation.item.added', 'conversation.item.done', 'response.created'])
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'typed', text: 'Hello there' } }])
  })

  test('history given back before the first response is not an answer', async () => {
    const open = openSession()
    const message = (role: string, text: string) => ({
      type: 'conversation.item.create',
      item: { type: 'message', role, content: [{ type: role === 'user' ? 'input_text' : 'output_text', text }] },
    })
    await open.send(message('user', 'Old answer'))
    await open.send(message('assistant', 'Old question?'))
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.resumed).toEqual([
      [
        { role: 'user', text: 'Old answer' },
        { role: 'assistant', text: 'Old question?' },
      ],
    ])
    expect(open.cues).toEqual([{ kind: 'asked' }])
  })

  test('one response at a time; the second is refused by its event id', async () => {
    const open = openSession()
    open.holdVoice()
    await open.send({ type: 'response.create' })
    await open.send({ type: 'response.create', event_id: 'mine' })
    expect(open.find('error')[0]?.error).toMatchObject({
      code: 'conversation_already_has_active_response',
      event_id: 'mine',
    })
    await open.send({ type: 'response.cancel' })
    expect(open.find('response.done')[0]?.response.status_details).toMatchObject({ reason: 'client_cancelled' })
    await open.send({ type: 'response.cancel', event_id: 'late' })
    expect(open.find('error')[1]?.error).toMatchObject({ code: 'response_cancel_not_active', event_id: 'late' })
  })

  test('session.update merges and echoes the whole configuration', async () => {
    const open = openSession()
    await open.send({
      type: 'session.update',
      session: {
        type: 'realtime',
        audio: { input: { turn_detection: { type: 'server_vad', silence_duration_ms: 2_500 } } },
      },
    })
    expect(open.find('session.updated')[0]?.session).toMatchObject({
      audio: { input: { transcription: { model: 'm' }, turn_detection: { silence_duration_ms: 2_500 } } },
    })
    expect(open.did).toEqual(['listen 2500'])
  })

  test('manual turns: commit makes the item, response.create the answer', async () => {
    const open = openSession({ audio: { input: { transcription: { model: 'm' }, turn_detection: null } } })
    void open.send({ type: 'input_audio_buffer.commit' })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.types().slice(1, 4)).toEqual([
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
    ])
    expect(open.types()).toContain('response.created')
    expect(open.cues).toEqual([{ kind: 'heard', heard: { kind: 'spoken', text: 'Committed words.', by: 'matched' } }])
    open.emptyBuffer()
    await open.send({ type: 'input_audio_buffer.commit', event_id: 'empty' })
    expect(open.find('error')[0]?.error).toMatchObject({ code: 'input_audio_buffer_commit_empty', event_id: 'empty' })
    await open.send({ type: 'input_audio_buffer.clear' })
    expect(open.types().at(-1)).toBe('input_audio_buffer.cleared')
  })

  test('items are read, truncated and deleted; unknown ones are errors with the event id', async () => {
    const open = openSession()
    await open.send({
      type: 'conversation.item.create',
      item: { id: 'a', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
    })
    await open.send({
      type: 'conversation.item.create',
      previous_item_id: 'root',
      item: { id: 'b', type: 'function_call_output', call_id: 'call_1', output: 'ok' },
    })
    await open.send({ type: 'conversation.item.retrieve', item_id: 'a' })
    await open.send({ type: 'conversation.item.truncate', item_id: 'a', content_index: 0, audio_end_ms: 12 })
    await open.send({ type: 'conversation.item.delete', item_id: 'a' })
    await open.send({ type: 'conversation.item.delete', item_id: 'a', event_id: 'twice' })
    await open.send({
      type: 'conversation.item.create',
      previous_item_id: 'gone',
      item: { type: 'message', role: 'user', content: [] },
      event_id: 'lost',
    })
    expect(open.find('conversation.item.added').map((event) => event.previous_item_id)).toEqual([null, null])
    expect(open.types().slice(5)).toEqual([
      'conversation.item.retrieved',
      'conversation.item.truncated',
      'conversation.item.deleted',
      'error',
      'error',
    ])
    expect(open.find('error').map((event) => event.error.event_id)).toEqual(['twice', 'lost'])
  })

  test.each([
    ['{', 'invalid_json', null],
    ['{"type":"response.sing","event_id":"e1"}', 'invalid_value', 'e1'],
    ['{"type":"conversation.item.delete","event_id":"e2"}', 'invalid_type', 'e2'],
    [
      '{"type":"session.update","event_id":"e3","session":{"type":"realtime","audio":{"output":{"speed":9}}}}',
      'invalid_value',
      'e3',
    ],
  ])('%s is an error, and the session goes on', async (message, code, eventId) => {
    const open = openSession()
    await open.session.receive(message)
    expect(open.find('error')[0]?.error).toMatchObject({ type: 'invalid_request_error', code, event_id: eventId })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.types().at(-1)).toBe('response.done')
  })
})
