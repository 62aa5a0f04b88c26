/** How early the partner's first word is out: its opening is made with the secret, and no sentence waits for the next one. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { parseConfig } from '../../server/partner/config.ts'
import { startPartner, type Partner } from '../../server/partner/partner.ts'
import { toSentences } from '../../server/partner/voice/sentences.ts'
import type { Manner, Voice } from '../../server/partner/voice/voice.ts'
import { callPartner } from '../support/partner-peer.ts'
import { guidedSession, PARTNER_KEY } from '../support/partner-process.ts'

/** A voice that tells what it was given to do. Its sentences sound for half a second, and can be kept from being made. */
const voice = vi.hoisted(() => ({
  prepared: [] as string[],
  said: [] as string[],
  made: [] as string[],
  untilMade: (_sentence: string): Promise<void> => Promise.resolve(),
}))
vi.mock('../../server/partner/voice/voice.ts', () => ({ startVoice: (): Voice => fakeVoice }))

const OPENINGS = [
  ['a guided talk', 'topic=a1-introductions; level=A1; pause=900'],
  ['free talk', 'topic=b1-travel; level=B1; pause=900; talk=free'],
  ['a talk at the learner’s own pace', 'topic=a1-introductions; level=A1; speed=0.75'],
] as const

let partner: Partner
beforeAll(async () => {
  const config = parseConfig({ PARTNER_API_KEY: PARTNER_KEY, PARTNER_ICE_ADDRESSES: '127.0.0.1' })
  partner = await startPartner(config, { info: () => {}, error: () => {} })
})
afterAll(() => partner.stop())
beforeEach(() => {
  voice.untilMade = () => Promise.resolve()
  for (const list of [voice.prepared, voice.said, voice.made]) list.splice(0)
})

test.each(OPENINGS)(
  'the opening of %s is being made before the call, as it is said in it',
  async (_name, instructions) => {
    const secret = await mint(instructions)
    const ahead = [...voice.prepared]
    const peer = await callPartner(baseUrl(), secret)
    await peer.waitFor('session.created')
    peer.send({ type: 'response.create' })
    const { said } = await peer.turn()
    expect(voice.said).toHaveLength(toSentences(said).length)
    expect(voice.said.filter((sentence) => !ahead.includes(sentence))).toEqual([])
    await peer.hangUp()
  },
)

test('the first sentence is heard while the second is not made yet', async () => {
  const second = Promise.withResolvers<void>()
  voice.untilMade = () => (voice.said.length > 1 ? second.promise : Promise.resolve())
  const peer = await callPartner(baseUrl(), await mint(OPENINGS[0][1]))
  await peer.waitFor('session.created')
  peer.send({ type: 'response.create' })
  await peer.waitFor('output_audio_buffer.started')
  await peer.until(() => peer.loudestSince(0) > 0.05, 'sound of the first sentence')
  expect(voice.said).toHaveLength(2)
  expect(voice.made).toEqual(voice.said.slice(0, 1))
  expect(peer.events.some(({ type }) => type === 'response.done')).toBe(false)
  second.resolve()
  const { said } = await peer.turn()
  expect(voice.made).toHaveLength(toSentences(said).length)
  await peer.hangUp()
})

const fakeVoice: Voice = {
  async say(sentence, manner) {
    voice.said.push(nameOf(sentence, manner))
    await voice.untilMade(sentence)
    voice.made.push(nameOf(sentence, manner))
    return Int16Array.from({ length: 12_000 }, (_, at) => Math.round(8_000 * Math.sin(at / 10)))
  },
  prepare: (sentences, manner) => void voice.prepared.push(...sentences.map((sentence) => nameOf(sentence, manner))),
  close: () => Promise.resolve(),
}

function nameOf(sentence: string, { voice: name, speed }: Manner): string {
  return `${name} at ${speed}: ${sentence}`
}

function baseUrl(): string {
  return `http://127.0.0.1:${partner.port}`
}

async function mint(instructions: string): Promise<string> {
  const answer = await fetch(`${baseUrl()}/v1/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${PARTNER_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ session: guidedSession(instructions) }),
  })
  return ((await answer.json()) as { value: string }).value
}
