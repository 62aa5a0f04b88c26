/** Client events in the protocol core: what they change, what they are refused for, and what follows from them. */
import { describe, expect, test } from 'vitest'
import { hearAnswer, openSession, speakInto, UNBEARABLE, utteranceOf } from '../support/partner-session.ts'

type Open = ReturnType<typeof openSession>

const update = (session: Record<string, unknown>, eventId = 'update') => ({
  type: 'session.update',
  event_id: eventId,
  session: { type: 'realtime', ...session },
})
const typed = (text: string) => ({
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
})

function latestSession(open: Open) {
  return open.find('session.updated').at(-1)?.session as unknown as Record<string, unknown>
}

describe('session.update', () => {
  test('tells the tier, and leaves what is the server’s to say as it is', async () => {
    const open = openSession()
    expect(open.find('session.created')[0]?.session).toMatchObject({ id: 'sess_1', parley: { tier: 3 } })
    await open.send(update({ id: 'mine', model: 'gpt-realtime-2.1', expires_at: 1, parley: { tier: 2 } }))
    expect(latestSession(open)).toMatchObject({
      id: 'sess_1',
      model: 'parley-partner',
      expires_at: 0,
      parley: { tier: 3 },
    })
  })

  test('clears with empty text, empty list and null, and keeps what is absent', async () => {
    const open = openSession({
      instructions: 'topic=x',
      tools: [{ type: 'function', name: 'offer_replies' }],
      audio: {
        input: { transcription: { model: 'm' }, noise_reduction: { type: 'near_field' } },
        output: { voice: 'cedar' },
      },
    })
    await open.send(
      update({
        instructions: '',
        tools: [],
        audio: { input: { transcription: null, noise_reduction: null, turn_detection: null } },
      }),
    )
    expect(latestSession(open)).toMatchObject({
      instructions: '',
      tools: [],
      tool_choice: 'auto',
      audio: {
        input: { transcription: null, noise_reduction: null, turn_detection: null },
        output: { voice: 'cedar', speed: 1 },
      },
    })
  })

  test('changes the voice until the partner has been heard, and then refuses all of the update', async () => {
    const open = openSession()
    await open.send(update({ audio: { output: { voice: 'cedar' } } }))
    expect(open.find('error')).toEqual([])
    await open.send({ type: 'response.create' })
    await open.settled()
    await open.send(update({ instructions: 'topic=y', audio: { output: { voice: 'marin' } } }, 'late'))
    expect(open.find('error')[0]?.error).toMatchObject({ code: 'cannot_update_voice', event_id: 'late' })
    expect(open.find('session.updated')).toHaveLength(1)
    await open.send(update({ audio: { output: { voice: 'cedar', speed: 0.8 } } }))
    expect(latestSession(open)).toMatchObject({ instructions: '', audio: { output: { voice: 'cedar', speed: 0.8 } } })
  })

  test('does not take what makes no sense, and says where it is', async () => {
    const open = openSession()
    const detection = { type: 'server_vad', idle_timeout_ms: 10 }
    await open.send(update({ audio: { input: { turn_detection: detection } } }, 'e1'))
    await open.send(update({ max_output_tokens: 0 }, 'e2'))
    await open.send(update({ audio: { input: { noise_reduction: { type: 'loud' } } } }, 'e3'))
    expect(
      open.find('error').map(({ error }) => [error.event_id, error.param?.split('.').slice(0, 2).join('.')]),
    ).toEqual([
      ['e1', 'session.audio'],
      ['e2', 'session.max_output_tokens'],
      ['e3', 'session.audio'],
    ])
  })
})

describe('an event that the server fails at', () => {
  test('is told as its own fault, and those after it are handled', async () => {
    const open = openSession()
    await open.send(update({ instructions: UNBEARABLE }, 'bad'))
    expect(open.find('error')[0]?.error).toMatchObject({ type: 'server_error', event_id: 'bad' })
    await open.send(update({ tools: [] }))
    expect(latestSession(open)).toMatchObject({ instructions: '' })
  })
})

describe('response.create', () => {
  test('takes instructions about the manner, tools, metadata and modality for one response only', async () => {
    const open = openSession({
      instructions: 'topic=x; speed=0.9',
      tools: [{ type: 'function', name: 'offer_replies' }],
    })
    await open.send({
      type: 'response.create',
      response: {
        instructions: 'topic=other; speed=0.75',
        tool_choice: 'none',
        output_modalities: ['text'],
        metadata: { why: 'slower' },
        max_output_tokens: 200,
      },
    })
    await open.settled()
    expect(open.find('response.done')[0]?.response).toMatchObject({
      output_modalities: ['text'],
      metadata: { why: 'slower' },
      max_output_tokens: 200,
      output: [{ type: 'message' }],
    })
    const [, during, after] = open.configured
    expect(during).toMatchObject({ instructions: 'topic=x; speed=0.9', audio: { output: { speed: 0.75 } } })
    expect(after).toMatchObject({ audio: { output: { speed: 0.9 } } })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.find('response.done')[1]?.response).toMatchObject({
      output_modalities: ['audio'],
      metadata: null,
      output: [{ type: 'message' }, { type: 'function_call' }],
    })
  })

  test('outside of the conversation leaves it as it is', async () => {
    const open = openSession()
    await open.send(typed('Hello there'))
    const from = open.events.length
    await open.send({ type: 'response.create', response: { conversation: 'none', output_modalities: ['text'] } })
    await open.settled()
    expect(open.find('response.done')[0]?.response.conversation_id).toBeNull()
    expect(open.types(from).filter((type) => type.startsWith('conversation.item'))).toEqual([])
    expect(open.undone).toEqual(['Answer 1. And you?'])
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.cues.at(-1)).toEqual({ kind: 'heard', heard: { kind: 'typed', text: 'Hello there' } })
    expect(open.find('response.done')[1]?.response.conversation_id).toMatch(/^conv_/)
  })

  test('after the results of tools alone says so to the mind, which may have nothing to add', async () => {
    const open = openSession()
    await open.send({ type: 'response.create' })
    await open.settled()
    const callId = open.find('response.function_call_arguments.done')[0]?.call_id
    await open.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: callId, output: 'shown' },
    })
    open.replyWith(() => ({ text: '', toolCall: null }))
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.cues).toEqual([{ kind: 'asked' }, { kind: 'tool-output' }])
    expect(open.find('response.done')[1]?.response).toMatchObject({ status: 'completed', output: [] })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.cues.at(-1)).toEqual({ kind: 'asked' })
  })

  test('fails, and the session goes on, where the voice or the mind fails', async () => {
    const open = openSession()
    open.breakVoice()
    await open.send({ type: 'response.create' })
    await open.settled()
    open.replyWith(() => {
      throw new Error('out of its mind')
    })
    await open.send({ type: 'response.create' })
    await open.settled()
    expect(open.find('response.done').map(({ response }) => [response.status, response.status_details?.error])).toEqual(
      [
        ['failed', { type: 'server_error', code: 'voice_failed' }],
        ['failed', { type: 'server_error', code: 'no_answer' }],
      ],
    )
  })

  test('is cancelled by its id only', async () => {
    const open = openSession()
    open.holdVoice()
    await open.send({ type: 'response.create' })
    await open.settled()
    await open.send({ type: 'response.cancel', response_id: 'resp_other', event_id: 'wrong' })
    expect(open.find('error')[0]?.error).toMatchObject({ code: 'response_cancel_not_active', event_id: 'wrong' })
    await open.send({ type: 'response.cancel', response_id: open.find('response.created')[0]?.response.id })
    expect(open.find('response.done')[0]?.response.status).toBe('cancelled')
  })
})

describe('a silent learner', () => {
  const session = {
    audio: {
      input: {
        transcription: { model: 'm' },
        turn_detection: { type: 'server_vad' as const, idle_timeout_ms: 5_000 },
      },
    },
  }

  test('is spoken to again when the time is up, counted from the end of the partner’s sound', async () => {
    const open = openSession(session)
    await open.send({ type: 'response.create' })
    await open.settled()
    open.advance(20_000)
    expect(open.cues).toHaveLength(1)
    await hearAnswer(open)
    const from = open.events.length
    open.advance(4_999)
    expect(open.types(from)).toEqual([])
    open.advance(1)
    await open.settled()
    expect(open.types(from).slice(0, 6)).toEqual([
      'input_audio_buffer.timeout_triggered',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.completed',
      'response.created',
    ])
    expect(open.find('input_audio_buffer.timeout_triggered')[0]).toMatchObject({
      audio_start_ms: 20_000,
      audio_end_ms: 25_000,
    })
    expect(open.cues.at(-1)).toEqual({ kind: 'idle' })
  })

  test('is left alone when the partner has nothing to say to it, and when he speaks', async () => {
    const open = openSession(session)
    await open.send({ type: 'response.create' })
    await open.settled()
    await hearAnswer(open)
    open.replyWith(() => ({ text: '', toolCall: null }))
    open.advance(5_000)
    await open.settled()
    open.advance(60_000)
    await open.settled()
    expect(open.cues).toHaveLength(2)

    const other = openSession(session)
    await other.send({ type: 'response.create' })
    await other.settled()
    await hearAnswer(other)
    other.session.speechStarted(6_000)
    other.advance(60_000)
    expect(other.find('input_audio_buffer.timeout_triggered')).toEqual([])
  })
})

describe('speech that cannot be recognised', () => {
  test('is told as failed, after the item, and answered as not understood', async () => {
    const open = openSession()
    open.recognise(() => Promise.reject(new Error('The recogniser has ended')))
    open.session.speechStarted(100)
    open.session.speechStopped(2_000, utteranceOf(1_000))
    await open.settled()
    await hearAnswer(open)
    expect(open.find('conversation.item.input_audio_transcription.failed')[0]).toMatchObject({
      item_id: open.find('input_audio_buffer.committed')[0]?.item_id,
      error: { code: 'transcription_failed' },
    })
    expect(open.cues[0]).toMatchObject({ kind: 'heard', heard: { text: '' } })
  })
})

describe('a truncated item', () => {
  test('is incomplete when it is read again, without the text that was not heard', async () => {
    const open = openSession()
    await speakInto(open, 'Hello.')
    const item = open.find('response.output_item.added')[0]?.item
    await open.send({ type: 'conversation.item.truncate', item_id: item?.id, content_index: 0, audio_end_ms: 300 })
    await open.send({ type: 'conversation.item.retrieve', item_id: item?.id })
    expect(open.find('conversation.item.retrieved')[0]?.item).toMatchObject({
      status: 'incomplete',
      content: [{ type: 'output_audio' }],
    })
    expect(open.find('conversation.item.retrieved')[0]?.item).not.toHaveProperty('content.0.transcript')
  })
})
