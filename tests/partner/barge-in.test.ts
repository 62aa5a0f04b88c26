/** Speaking over the partner, in the protocol core: what is cut, what is told, and what the answer then goes to. */
import { describe, expect, test } from 'vitest'
import { openSession, speakInto, utteranceOf } from '../support/partner-session.ts'

describe('barge-in', () => {
  test('while sound is heard: silent at once, cleared and truncated at what was heard', async () => {
    const open = openSession()
    await open.send({ type: 'response.create' })
    await open.settled()
    const response = open.find('response.created')[0]?.response
    open.session.playingStarted(response?.id ?? '')
    const from = open.events.length
    open.session.speechStarted(3_000)
    expect(open.did.at(-1)).toBe('stop')
    const itemId = open.find('response.output_item.added')[0]?.item.id ?? ''
    open.session.playingStopped(response?.id ?? '', itemId, 1_860)
    expect(open.types(from)).toEqual([
      'input_audio_buffer.speech_started',
      'output_audio_buffer.cleared',
      'conversation.item.truncated',
    ])
    expect(open.find('conversation.item.truncated')[0]).toMatchObject({
      item_id: itemId,
      content_index: 0,
      audio_end_ms: 1_860,
    })
    expect(open.undone).toEqual([])
  })

  test('while the response is being made: cancelled, with the item incomplete', async () => {
    const open = openSession()
    open.holdVoice()
    await speakInto(open, 'First.')
    open.session.speechStarted(4_000)
    const done = open.find('response.done')[0]?.response
    expect(done).toMatchObject({ status: 'cancelled', status_details: { type: 'cancelled', reason: 'turn_detected' } })
    expect(done?.output?.[0]).toMatchObject({ status: 'incomplete' })
    open.letVoice()
    await open.settled()
    expect(open.did.filter((entry) => entry.startsWith('play'))).toEqual([])
  })

  test('before anything was heard: the answer is taken back, and given to what follows', async () => {
    const open = openSession()
    open.holdVoice()
    await speakInto(open, 'I live in a village.')
    open.session.speechStarted(4_000)
    expect(open.undone).toEqual(['Answer 1. And you?'])
    open.letVoice()
    open.recognise(() => '')
    open.session.speechStopped(5_000, utteranceOf(400))
    await open.settled()
    expect(open.cues.at(-1)).toEqual({
      kind: 'heard',
      heard: { kind: 'spoken', text: 'I live in a village.', by: 'matched' },
    })
  })

  test('does not happen where the session forbids it', async () => {
    const open = openSession({
      audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false } } },
    })
    await open.send({ type: 'response.create' })
    await open.settled()
    open.session.speechStarted(1_000)
    expect(open.did).not.toContain('stop')
  })
})

describe('an answer made while the one before is still heard', () => {
  async function answerTwice() {
    const open = openSession()
    await open.send({ type: 'response.create' })
    await open.settled()
    const first = open.find('response.created')[0]?.response.id ?? ''
    open.session.playingStarted(first)
    await open.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Typed meanwhile' }] },
    })
    await open.send({ type: 'response.create' })
    await open.settled()
    const second = open.find('response.created')[1]?.response.id ?? ''
    return { open, first, second, played: () => open.did.filter((entry) => entry.startsWith('play')) }
  }

  test('waits for its turn to be heard', async () => {
    const { open, first, second, played } = await answerTwice()
    expect(open.find('response.done')).toHaveLength(2)
    expect(played()).toEqual([`play ${first}`, `play ${first}`])
    open.session.playingDrained(first)
    expect(played()).toEqual([first, first, second, second].map((id) => `play ${id}`))
    expect(open.did.at(-1)).toBe('end')
  })

  test('is never heard when the learner speaks before: it is taken back, and what it answered is answered again', async () => {
    const { open, first, second, played } = await answerTwice()
    const itemOf = (id: string) =>
      open.find('response.output_item.added').find((event) => event.response_id === id)?.item.id
    open.session.speechStarted(5_000)
    open.session.playingStopped(first, itemOf(first) ?? '', 2_000)
    expect(open.find('conversation.item.truncated').map((event) => [event.item_id, event.audio_end_ms])).toEqual([
      [itemOf(second), 0],
      [itemOf(first), 2_000],
    ])
    expect(open.undone).toEqual(['Answer 2. And you?'])
    open.recognise(() => '')
    open.session.speechStopped(6_000, utteranceOf(500))
    await open.settled()
    expect(open.cues.at(-1)).toEqual({ kind: 'heard', heard: { kind: 'typed', text: 'Typed meanwhile' } })
    expect(played().filter((entry) => entry.endsWith(second))).toEqual([])
  })
})
