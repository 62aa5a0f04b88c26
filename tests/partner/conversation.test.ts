/** A learner's conversation with the real partner process, over HTTP and real WebRTC: what they hear, say, type and see. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callPartner, type PartnerPeer } from '../support/partner-peer.ts'
import { startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker, type Speaker } from '../support/partner-speech.ts'

const TALK = 'topic=a1-introductions; level=A1; pause=700; speed=1'
const AUDIBLE = 0.03

let partner: RunningPartner
let speaker: Speaker
beforeAll(async () => {
  speaker = openSpeaker()
  partner = await startPartnerProcess()
})
afterAll(async () => {
  await speaker.close()
  await partner.stop()
})

async function startTalk(instructions = TALK, session: Record<string, unknown> = {}) {
  const peer = await callPartner(partner.baseUrl, await partner.mint(instructions, session))
  await peer.waitFor('session.created')
  peer.send({ type: 'response.create' })
  return { peer, opening: await peer.turn() }
}

/** Waits until the partner is silent, then says a sentence into the microphone and waits for the partner's turn. */
async function sayTo(peer: PartnerPeer, from: number, responseId: string, sentence: string) {
  await peer.waitFor('output_audio_buffer.stopped', 0, (event) => event.response_id === responseId)
  await peer.speak(await speaker.say(sentence))
  const words = await peer.waitFor('conversation.item.input_audio_transcription.completed', from)
  return { transcript: words.transcript, turn: await peer.turn(from) }
}

function transcriptsOf(peer: PartnerPeer): string[] {
  return peer.events.flatMap((event) =>
    event.type === 'conversation.item.input_audio_transcription.completed' ? [event.transcript] : [],
  )
}

function saidLast(peer: PartnerPeer): string {
  const said = peer.events.findLast((event) => event.type === 'response.output_audio_transcript.done')
  return said?.type === 'response.output_audio_transcript.done' ? said.transcript : ''
}

describe.concurrent('a spoken conversation', () => {
  test('greets aloud, understands the card that is said, and asks what follows from it', async () => {
    const { peer, opening } = await startTalk()
    expect(opening.said).toMatch(/^Hello! .*How are you today\?$/)
    expect(opening.cards.map((card) => card.id)).toEqual(['r1', 'r2', 'r3'])
    const startedAtMs = peer.arrivals[0] ?? 0
    await peer.waitFor('output_audio_buffer.stopped', 0, (event) => event.response_id === opening.responseId)
    expect(peer.loudestSince(startedAtMs)).toBeGreaterThan(AUDIBLE)

    const second = await sayTo(peer, opening.endIndex, opening.responseId, 'I am fine, but I am tired.')
    expect(second.transcript).toBe('I am fine, but I am tired.')
    expect(second.turn.said).toBe('Oh, then we will go slowly. Is your home in a city or in a village?')

    const third = await sayTo(peer, second.turn.endIndex, second.turn.responseId, 'My house is in a village.')
    expect(third.turn.said).toContain('And do you know your neighbours?')
    expect(peer.events[0]?.type).toBe('session.created')
    await peer.hangUp()
  })

  test('asks another question of who says another card', async () => {
    const { peer, opening } = await startTalk()
    peer.type('r1')
    const second = await peer.turn(opening.endIndex)
    const third = await sayTo(peer, second.endIndex, second.responseId, 'I live in a big city.')
    expect(third.turn.said).toContain('What do you like best in your city?')
    await peer.hangUp()
  })

  test('kindly says that it did not catch what is on no card, and offers the cards again', async () => {
    const { peer, opening } = await startTalk()
    const { transcript, turn } = await sayTo(
      peer,
      opening.endIndex,
      opening.responseId,
      'Purple submarines cannot whistle.',
    )
    expect(transcript).toBe('')
    expect(turn.said).toBe("Sorry, I didn't catch that. Please say it again.")
    expect(turn.cards).toEqual(opening.cards)
    await peer.hangUp()
  })

  test('understands as one what is said with too long a pause in it', async () => {
    const { peer, opening } = await startTalk()
    await peer.waitFor('output_audio_buffer.stopped', 0, (event) => event.response_id === opening.responseId)
    const [first, second] = [await speaker.say('I am fine,'), await speaker.say('but I am tired.')]
    await peer.speak(first)
    await peer.waitFor('input_audio_buffer.speech_stopped', opening.endIndex)
    await peer.speak(second)
    await peer.until(() => transcriptsOf(peer).length === 2, 'both transcripts')
    expect(transcriptsOf(peer)).toEqual(['', 'I am fine, but I am tired.'])
    await peer.until(() => saidLast(peer).startsWith('Oh, then we will go slowly.'), 'the answer to all of it')
    await peer.hangUp()
  })

  test('waits for the pause that the instructions name before it answers', async () => {
    const { peer, opening } = await startTalk('topic=a1-introductions; level=A1; pause=1800; speed=1')
    await sayTo(peer, opening.endIndex, opening.responseId, 'I am very well, thank you.')
    const at = (type: string) => peer.arrivals[peer.events.findIndex((event) => event.type === type)] ?? 0
    const lastLoud = peer.spokenUntilMs
    expect(at('input_audio_buffer.speech_stopped') - lastLoud).toBeGreaterThan(1_300)
    expect(at('input_audio_buffer.speech_stopped') - lastLoud).toBeLessThan(3_500)
    await peer.hangUp()
  })
})

describe.concurrent('a typed conversation', () => {
  test('goes the whole way to the closing, with a tapped card, typed text and own words', async () => {
    const { peer, opening } = await startTalk()
    const said: string[] = []
    let turn = opening
    const answer = async (text: string) => {
      peer.type(text)
      turn = await peer.turn(turn.endIndex)
      said.push(turn.said)
    }
    await answer('r2')
    await answer('my town is small')
    await answer('We have a nice old bridge')
    while (turn.cards.length > 0 && said.length < 25) {
      expect(turn.cards.length).toBeGreaterThanOrEqual(3)
      const card = turn.cards.find((entry) => !('slots' in entry))
      await answer(card?.id ?? 'It is hard to say, and I must think about it')
    }
    expect(said[0]).toContain('Oh, then we will go slowly.')
    expect(said[1]).toContain('And do you know your neighbours?')
    expect(said[2]).toMatch(/^Thank you for telling me\. .*\?$/)
    expect(said.at(-1)).toContain('Goodbye!')
    await peer.hangUp()
  })

  test('has no cards where the session declares no tool for them', async () => {
    const { peer, opening } = await startTalk(TALK, { tools: [] })
    expect(opening.cards).toEqual([])
    expect(peer.events.some((event) => event.type.startsWith('response.function_call'))).toBe(false)
    await peer.hangUp()
  })

  test('takes the general talk for a topic it does not know', async () => {
    const { peer, opening } = await startTalk('topic=z9-unknown; level=B2; speed=1')
    expect(opening.said).toContain('How is your day going so far?')
    await peer.hangUp()
  })

  test('is taken up by a new call that gives the old lines back', async () => {
    const first = await startTalk()
    first.peer.type('r1')
    const second = await first.peer.turn(first.opening.endIndex)
    await first.peer.hangUp()

    const peer = await callPartner(partner.baseUrl, await partner.mint(TALK))
    await peer.waitFor('session.created')
    const lines = [
      ['assistant', 'output_text', first.opening.said],
      ['user', 'input_text', 'I am very well, thank you.'],
      ['assistant', 'output_text', second.said],
    ]
    for (const [role, type, text] of lines)
      peer.send({ type: 'conversation.item.create', item: { type: 'message', role, content: [{ type, text }] } })
    peer.send({ type: 'response.create' })
    const again = await peer.turn()
    expect(again.said).toBe('Here is the question again. Is your home in a city or in a village?')
    await peer.hangUp()
  })
})

describe.concurrent('speaking over the partner', () => {
  test('makes it fall silent, and tells how much of it was heard', async () => {
    const { peer } = await startTalk()
    await peer.until(() => peer.heard.some((frame) => frame.rms > AUDIBLE), 'sound of the partner')
    void peer.speak(await speaker.say('I am very well, thank you.'))
    const truncated = await peer.waitFor('conversation.item.truncated')
    const cleared = peer.events.findIndex((event) => event.type === 'output_audio_buffer.cleared')
    const started = peer.events.findIndex((event) => event.type === 'input_audio_buffer.speech_started')
    expect(started).toBeLessThan(cleared)
    expect(truncated.audio_end_ms).toBeGreaterThan(100)
    expect(truncated.audio_end_ms).toBeLessThan(6_000)
    const quietFromMs = (peer.arrivals[cleared] ?? 0) + 400
    const words = await peer.waitFor('conversation.item.input_audio_transcription.completed')
    expect(words.transcript).toBe('I am very well, thank you.')
    const stoppedAtMs =
      peer.arrivals[peer.events.findIndex((event) => event.type === 'input_audio_buffer.speech_stopped')] ?? 0
    const between = peer.heard.filter((frame) => frame.atMs > quietFromMs && frame.atMs < stoppedAtMs)
    expect(Math.max(0, ...between.map((frame) => frame.rms))).toBeLessThan(AUDIBLE)
    await peer.hangUp()
  })

  test('is also possible by hand: the client clears the sound', async () => {
    const { peer } = await startTalk()
    await peer.waitFor('output_audio_buffer.started')
    peer.send({ type: 'output_audio_buffer.clear' })
    await peer.waitFor('output_audio_buffer.cleared')
    await peer.waitFor('conversation.item.truncated')
    await peer.hangUp()
  })
})

describe('turns by hand', () => {
  test('are recognised when the client commits them', async () => {
    const { peer, opening } = await startTalk(TALK, {
      audio: { input: { transcription: { model: 'gpt-transcribe' }, turn_detection: null } },
    })
    await peer.speak(await speaker.say('Today is not a good day.'))
    await peer.until(() => performance.now() > peer.spokenUntilMs + 400, 'the sound on its way')
    peer.send({ type: 'input_audio_buffer.commit' })
    peer.send({ type: 'response.create' })
    const turn = await peer.turn(opening.endIndex)
    expect(turn.said).toContain('I am sorry. Talking can help.')
    expect(peer.events.some((event) => event.type === 'input_audio_buffer.speech_started')).toBe(false)
    await peer.hangUp()
  })
})
