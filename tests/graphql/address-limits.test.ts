/** What is reached without GraphQL is counted too, by the address that asks: who asks for too much is refused, and nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { storedRecordingId } from './a-recording.ts'
import { endedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

const mostRequests = 12
const audio = Buffer.from('0123456789 the sound of two voices')

interface Sound {
  /** Of the published recording. */
  published: string
  /** The same, by a signed address. */
  signed: string
}

async function publishSound(installation: TestInstallation): Promise<Sound> {
  const learner = await signUpClient(installation.url)
  const sessionId = await endedSessionId(learner, segmentInput('a'))
  const recordingId = await storedRecordingId(learner, sessionId, audio)
  const input = { sessionId, includeAudio: true, confirm: 'publish transcript and recording' }
  const { slug } = await mutate(learner, 'publishSession', { input })
  const document = `query ($id: ID!) { node(id: $id) { ... on Recording { url } } }`
  const { node } = await learner.ask(document, { id: recordingId })
  return { published: `/published/${slug}/recordings/1`, signed: node.url }
}

describe('of one address', () => {
  let installation: TestInstallation
  let sound: Sound
  beforeAll(async () => {
    installation = await startTestInstallation({ env: { TRUST_PROXY: '1' } })
    sound = await publishSound(installation)
    const few = { tries: mostRequests, perSeconds: 60 }
    narrowUrl = (await installation.startNode({ allowances: { request: few, file: few } })).url
  })
  afterAll(() => installation.close())

  let narrowUrl: string
  let addresses = 0
  const newAddress = (): string => `192.0.2.${(addresses += 1)}`

  /** So many requests, one after the other; gives how often each status came. */
  async function count(send: () => Promise<Response>): Promise<Record<number, number>> {
    const statuses: Record<number, number> = {}
    for (let index = 0; index < mostRequests; index += 1) {
      const { status } = await send()
      statuses[status] = (statuses[status] ?? 0) + 1
    }
    return statuses
  }

  type Sent = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }
  const routes: [name: string, status: number, path: () => string, init: Sent][] = [
    ['published sound', 206, () => sound.published, { headers: { range: 'bytes=11-13' } }],
    ['heads of published sound', 200, () => sound.published, { method: 'HEAD' }],
    ['what was never published', 404, () => '/published/abcdefghijklmnopqrstuvwx/recordings/1', {}],
    ['recordings by their signed address', 206, () => sound.signed, { headers: { range: 'bytes=11-13' } }],
    ['recordings by a made-up address', 403, () => '/blobs/recordings/x', {}],
    ['uploads to a made-up address', 403, () => '/blobs/incoming/x', { method: 'PUT', body: 'x' }],
    [
      'offers of a call',
      401,
      () => '/calls/x',
      { method: 'POST', body: 'v=0', headers: { authorization: 'Bearer x' } },
    ],
    ['made-up news of a payment', 404, () => '/webhooks/stripe', { method: 'POST', body: '{}' }],
  ]

  it.each(routes)('only so many requests for %s are answered in a minute', async (_name, status, path, init) => {
    const sendFrom = (address: string): Promise<Response> => {
      const headers = { 'content-type': 'application/sdp', ...init.headers, 'x-forwarded-for': address }
      return fetch(new URL(path(), narrowUrl), { ...init, headers })
    }
    const address = newAddress()
    expect(await count(() => sendFrom(address))).toEqual({ [status]: mostRequests })
    const refused = await sendFrom(address)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    if (init.method !== 'HEAD') expect(await refused.json()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect((await sendFrom(newAddress())).status).toBe(status)
  })
})

it('listening, in as many parts as a player likes, takes nothing of what a visitor may ask the API', async () => {
  const installation = await startTestInstallation({ env: { REQUESTS_PER_MINUTE: '60' } })
  try {
    const { published, signed } = await publishSound(installation)
    for (let index = 0; index < 300; index += 1) {
      for (const path of [published, signed]) {
        const heard = await fetch(new URL(path, installation.url), { headers: { range: 'bytes=11-13' } })
        expect([heard.status, await heard.text()]).toEqual([206, 'the'])
      }
    }
    expect((await new GraphqlClient(installation.url).send('{ partnerTier }')).status).toBe(200)
  } finally {
    await installation.close()
  }
})
