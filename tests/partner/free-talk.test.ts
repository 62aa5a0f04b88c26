/** Free talk: the partner asks, waits and goes on, and never claims to have understood. */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  listQuestions,
  NEW_FREE_TALK,
  nextFreeTurn,
  resumeFreeTalk,
  type FreeTalkInput,
} from '../../server/partner/free-talk/free-talk.ts'
import { loadTopics, type Topic } from '../../server/partner/topic.ts'
import { callPartner, type EventOf, type PartnerPeer } from '../support/partner-peer.ts'
import { OFFER_REPLIES, startPartnerProcess, type RunningPartner } from '../support/partner-process.ts'
import { openSpeaker, type Speaker } from '../support/partner-speech.ts'

const topics = loadTopics(fileURLToPath(new URL('../../server/partner/topics', import.meta.url)))

/** The partner's turns until it says that it is over. */
function walk(topic: Topic, input: FreeTalkInput = { kind: 'answer' }) {
  const turns = [nextFreeTurn(topic, NEW_FREE_TALK, { kind: 'asked' })]
  for (let last = turns[0]; last && !last.state.isOver && turns.length < 30; last = turns.at(-1))
    turns.push(nextFreeTurn(topic, last.state, input))
  return turns
}

describe.each([...topics.values()])('the policy on $key', (topic) => {
  test('asks each question of the default way once, in order, then closes', () => {
    const turns = walk(topic)
    const questions = listQuestions(topic)
    expect(turns).toHaveLength(questions.length + 1)
    for (const [index, question] of questions.entries()) expect(turns[index]?.text).toContain(question)
    expect(turns[0]?.text).toContain(topic.opening)
    expect(turns.at(-1)?.text).toBe(topic.closing)
  })

  test('leaves no open slot in what it says', () => {
    for (const { text, state } of walk(topic)) {
      expect(text).not.toMatch(/[{}|]/)
      expect(nextFreeTurn(topic, state, { kind: 'confused' }).text).not.toMatch(/[{}|]/)
    }
  })

  test('takes up a dropped call at the question that was open', () => {
    const turns = walk(topic)
    for (const [index, turn] of turns.entries())
      expect(
        resumeFreeTalk(
          topic,
          turns.slice(0, index + 1).map(({ text }) => ({ role: 'assistant', text })),
        ),
      ).toEqual(turn.state)
  })
})

describe('the policy', () => {
  const topic = topicOf('a1-introductions')
  const { state } = nextFreeTurn(topic, NEW_FREE_TALK, { kind: 'asked' })

  test('stays at its question in a silence, and when it is asked again', () => {
    expect(nextFreeTurn(topic, state, { kind: 'silence' }).state).toEqual(state)
    const again = nextFreeTurn(topic, state, { kind: 'asked' })
    expect(again.state).toEqual(state)
    expect(again.text).toContain(listQuestions(topic)[0])
  })

  test('closes early for who wants to stop, and then stays closed', () => {
    const closed = nextFreeTurn(topic, state, { kind: 'stop' })
    expect(closed.text).toBe(topic.closing)
    expect(nextFreeTurn(topic, closed.state, { kind: 'answer' }).state.isOver).toBe(true)
  })

  test('answers differently from one answer to the next', () => {
    const reactions = walk(topic).map(({ text }, index) => text.replace(listQuestions(topic)[index] ?? '', ''))
    for (const [index, reaction] of reactions.entries()) expect(reaction).not.toBe(reactions[index + 1])
  })
})

describe('a call of free talk', () => {
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

  async function startTalk(): Promise<{ peer: PartnerPeer; opening: Awaited<ReturnType<PartnerPeer['turn']>> }> {
    const secret = await partner.mint('topic=a1-introductions; level=A1; pause=900; speed=1; talk=free', {
      tools: [OFFER_REPLIES],
    })
    const peer = await callPartner(partner.baseUrl, secret)
    await peer.waitFor('session.created')
    peer.send({ type: 'response.create' })
    return { peer, opening: await peer.turn() }
  }

  test('says which tier it is, and offers no cards even where it could', async () => {
    const { peer, opening } = await startTalk()
    const created = await peer.waitFor('session.created')
    expect(created.session).toMatchObject({ parley: { tier: 4 } })
    expect(opening.said).toContain('I only listen.')
    expect(opening.cards).toEqual([])
    await peer.hangUp()
  })

  test('takes whatever is said for an answer, and writes no words into the transcript', async () => {
    const { peer, opening } = await startTalk()
    await peer.waitFor('output_audio_buffer.stopped', 0, ({ response_id: id }) => id === opening.responseId)
    await peer.speak(await speaker.say('Purple submarines cannot whistle on Thursdays.'))
    const turn = await peer.turn(opening.endIndex)
    expect(turn.said).toContain(listQuestions(topicOf('a1-introductions'))[1])
    const words = await peer.waitFor('conversation.item.input_audio_transcription.completed', opening.endIndex)
    expect(words.transcript).toBe('')
    const deltas = peer.events.filter(({ type }) => type === 'conversation.item.input_audio_transcription.delta')
    expect(deltas).toEqual([])
    await peer.hangUp()
  })

  test('reads what is typed: an answer goes on, a wish is granted', async () => {
    const { peer, opening } = await startTalk()
    peer.type('Can you say that again, please?')
    const again = await peer.turn(opening.endIndex)
    const [first, second] = listQuestions(topicOf('a1-introductions'))
    expect(again.said).toContain(first)
    peer.type('I am very well.')
    expect((await peer.turn(again.endIndex)).said).toContain(second)
    await peer.hangUp()
  })

  test('slows down for good, and explains a word', async () => {
    const { peer, opening } = await startTalk()
    const usual = await hearAgain(peer, opening)
    peer.type('Slower, please.')
    const slowed = await peer.turn(usual.endIndex)
    expect(slowed.said).toMatch(/^Of course\. I will speak more slowly\./)
    const slow = await hearAgain(peer, slowed)
    expect(slow.said).toBe(usual.said)
    expect(slow.heardMs).toBeGreaterThan(usual.heardMs * 1.05)
    peer.type('What does "village" mean?')
    expect((await peer.turn(slow.endIndex)).said).toMatch(
      /^A village is a very small town\. And now my question again\./,
    )
    await peer.hangUp()
  })

  /** The question once more, heard to its end after what came before. */
  async function hearAgain(peer: PartnerPeer, { responseId, endIndex }: { responseId: string; endIndex: number }) {
    await peer.waitFor('output_audio_buffer.stopped', 0, ({ response_id: id }) => id === responseId)
    peer.type('Again, please.')
    const turn = await peer.turn(endIndex)
    const isOfTurn = ({ response_id: id }: { response_id: string }) => id === turn.responseId
    const began = await peer.waitFor('output_audio_buffer.started', endIndex, isOfTurn)
    const ended = await peer.waitFor('output_audio_buffer.stopped', endIndex, isOfTurn)
    const atMs = (event: EventOf<'output_audio_buffer.started' | 'output_audio_buffer.stopped'>) =>
      peer.arrivals[peer.events.indexOf(event)] ?? 0
    return { ...turn, endIndex: peer.events.indexOf(ended) + 1, heardMs: atMs(ended) - atMs(began) }
  }
})

function topicOf(key: string): Topic {
  const topic = topics.get(key)
  if (!topic) throw new Error(`there is no topic ${key}`)
  return topic
}
