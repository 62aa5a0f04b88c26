/** A learner who pauses too long and goes on before he hears an answer: both parts are understood as one, and stand once in the transcript. */
import { describe, expect, test } from 'vitest'
import { openSession, utteranceOf } from '../support/partner-session.ts'

type Open = ReturnType<typeof openSession>

const FIRST_MS = 1_000
const SECOND_MS = 1_500
const BOTH_MS = FIRST_MS + SECOND_MS

async function say(open: Open, atMs: number, durationMs: number) {
  open.session.speechStarted(atMs)
  open.session.speechPaused(utteranceOf(durationMs))
  open.session.speechStopped(atMs + durationMs + 700, utteranceOf(durationMs))
  await open.settled()
}

/** He goes on when so much of the answer has been heard. */
async function goOn(open: Open, playedMs: number, atMs = 3_000) {
  const responseId = open.find('response.created').at(-1)?.response.id ?? ''
  const itemId = open.find('response.output_item.added').findLast((event) => event.item.type === 'message')?.item.id
  open.session.playingStarted(responseId)
  open.advance(playedMs)
  open.session.speechStarted(atMs)
  open.session.playingStopped(responseId, itemId ?? '', playedMs)
  open.session.speechPaused(utteranceOf(SECOND_MS))
  open.session.speechStopped(atMs + SECOND_MS + 700, utteranceOf(SECOND_MS))
  await open.settled()
  const next = open.find('response.created').at(-1)?.response.id ?? ''
  open.session.playingStarted(next)
  open.advance(1_000)
  await open.settled()
}

function transcripts(open: Open) {
  const items = open.find('input_audio_buffer.committed').map((event) => event.item_id)
  const completed = open.find('conversation.item.input_audio_transcription.completed')
  expect(completed.map((event) => event.item_id)).toEqual(items)
  return completed.map((event) => event.transcript)
}

function lastHeard(open: Open) {
  const cue = open.cues.at(-1)
  return cue?.kind === 'heard' ? cue.heard.text : null
}

describe('speech that goes on before the answer is heard', () => {
  test('is recognised with its first part, and the second item alone carries the words', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === BOTH_MS ? 'I live in a small town.' : ''))
    await say(open, 100, FIRST_MS)
    await goOn(open, 200)
    expect(open.recognisedMs).toEqual([FIRST_MS, BOTH_MS])
    expect(transcripts(open)).toEqual(['', 'I live in a small town.'])
    expect(lastHeard(open)).toBe('I live in a small town.')
    expect(open.undone).toEqual(['Answer 1. And you?'])
  })

  test('takes back what the first part alone was understood as', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === BOTH_MS ? 'I am fine, but I am tired.' : 'I am fine.'))
    await say(open, 100, FIRST_MS)
    await goOn(open, 200)
    expect(transcripts(open)).toEqual(['', 'I am fine, but I am tired.'])
  })

  test('counts by itself where both together are not understood', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === SECOND_MS ? 'My house is in a village.' : ''))
    await say(open, 100, FIRST_MS)
    await goOn(open, 200)
    expect(open.recognisedMs).toEqual([FIRST_MS, BOTH_MS, SECOND_MS])
    expect(transcripts(open)).toEqual(['', 'My house is in a village.'])
  })

  test('leaves the first part what it was where the rest adds nothing', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === FIRST_MS ? 'I am fine.' : ''))
    await say(open, 100, FIRST_MS)
    await goOn(open, 200)
    expect(transcripts(open)).toEqual(['I am fine.', ''])
    expect(lastHeard(open)).toBe('I am fine.')
  })

  test('is joined though it was told already that nothing was understood', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === BOTH_MS ? 'I live in a small town.' : ''))
    await say(open, 100, FIRST_MS)
    open.session.playingStarted(open.find('response.created')[0]?.response.id ?? '')
    open.advance(2_000)
    await open.settled()
    expect(transcripts(open)).toEqual([''])
    await goOn(open, 200)
    expect(transcripts(open)).toEqual(['', 'I live in a small town.'])
  })

  test('but not where words of it were told: they would stand there twice', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === SECOND_MS ? 'But I am tired.' : 'I am fine.'))
    await say(open, 100, FIRST_MS)
    open.session.playingStarted(open.find('response.created')[0]?.response.id ?? '')
    open.advance(2_000)
    await open.settled()
    await goOn(open, 200)
    expect(open.recognisedMs).toEqual([FIRST_MS, SECOND_MS])
    expect(transcripts(open)).toEqual(['I am fine.', 'But I am tired.'])
  })

  test('may go on more than once', async () => {
    const open = openSession()
    const allMs = BOTH_MS + SECOND_MS
    open.recognise((ms) => (ms === allMs ? 'I live in a small town near the sea.' : ''))
    await say(open, 100, FIRST_MS)
    open.session.speechStarted(3_000)
    open.session.playingStopped(open.find('response.created')[0]?.response.id ?? '', 'none', 0)
    open.session.speechStopped(5_200, utteranceOf(SECOND_MS))
    await open.settled()
    await goOn(open, 100, 8_000)
    expect(transcripts(open)).toEqual(['', '', 'I live in a small town near the sea.'])
    expect(lastHeard(open)).toBe('I live in a small town near the sea.')
  })

  test('is kept to the last minute', async () => {
    const open = openSession()
    open.recognise(() => '')
    await say(open, 100, 59_500)
    await goOn(open, 200, 90_000)
    expect(open.recognisedMs).toEqual([59_500, 60_000, SECOND_MS])
  })
})

describe('speech after some of the answer was heard', () => {
  test('is a turn of its own', async () => {
    const open = openSession()
    open.recognise((ms) => (ms === FIRST_MS ? 'I am fine.' : 'And you?'))
    await say(open, 100, FIRST_MS)
    await goOn(open, 900)
    expect(open.recognisedMs).toEqual([FIRST_MS, SECOND_MS])
    expect(transcripts(open)).toEqual(['I am fine.', 'And you?'])
    expect(open.undone).toEqual([])
  })

  test('words are told only when that is settled, and soon', async () => {
    const open = openSession()
    open.recognise(() => 'I am fine.')
    await say(open, 100, FIRST_MS)
    const responseId = open.find('response.created')[0]?.response.id ?? ''
    open.session.playingStarted(responseId)
    open.advance(699)
    await open.settled()
    expect(transcriptCount(open)).toBe(0)
    open.advance(1)
    await open.settled()
    expect(transcripts(open)).toEqual(['I am fine.'])
  })

  test('words are told at once where no answer is to come', async () => {
    const open = openSession({ audio: { input: detecting({ create_response: false }) } })
    open.recognise(() => 'I am fine.')
    await say(open, 100, FIRST_MS)
    expect(transcripts(open)).toEqual(['I am fine.'])
  })

  test('words are told when the client stops the answer', async () => {
    const open = openSession()
    open.holdVoice()
    open.recognise(() => 'I am fine.')
    await say(open, 100, FIRST_MS)
    await open.send({ type: 'response.cancel' })
    await open.settled()
    expect(transcripts(open)).toEqual(['I am fine.'])
  })

  test('words are told where the answer has no sound', async () => {
    const open = openSession({ output_modalities: ['text'] })
    open.recognise(() => 'I am fine.')
    await say(open, 100, FIRST_MS)
    expect(transcripts(open)).toEqual(['I am fine.'])
  })
})

function detecting(turns: Record<string, unknown>) {
  return { transcription: { model: 'm' }, turn_detection: { type: 'server_vad' as const, ...turns } }
}

function transcriptCount(open: Open) {
  return open.find('conversation.item.input_audio_transcription.completed').length
}
