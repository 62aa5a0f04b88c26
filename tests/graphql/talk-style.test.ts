/** The choice of free talk: kept with the session, told to the partner at every call, and part of what a request asks for. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient, topicId } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

// oxlint-disable-next-line typescript/no-explicit-any
async function start(talk?: string, requestId: string = randomUUID()): Promise<any> {
  const conversation = { topicId: await topicId(client), ...(talk && { talk }) }
  return mutate(client, 'startSession', { input: { requestId, activity: { conversation } } })
}

/** What the voice service was last asked to mint. */
function lastMinted() {
  const request = installation.provider.requests.findLast(({ path }) => path === '/v1/realtime/client_secrets')
  const { session } = JSON.parse(request?.body ?? '{}')
  return {
    firstLine: session.instructions.split('\n')[0] as string,
    tools: session.tools.map(({ name }: { name: string }) => name) as string[],
    silenceMs: session.audio.input.turn_detection.silence_duration_ms as number,
  }
}

async function talkOf(id: string): Promise<string> {
  const { session } = await client.ask(`query ($id: ID!) { session(id: $id) { ... on Conversation { talk } } }`, { id })
  return session.talk
}

describe('a conversation', () => {
  it('is guided unless told otherwise', async () => {
    const { session } = await start()
    expect(await talkOf(session.id)).toBe('GUIDED')
    expect(lastMinted()).toMatchObject({ tools: ['offer_replies'], silenceMs: 1_800 })
    expect(lastMinted().firstLine).not.toContain('talk')
  })

  it('of free talk tells the partner so, offers no replies, and waits longer, at a later call too', async () => {
    const { session } = await start('FREE')
    expect(await talkOf(session.id)).toBe('FREE')
    const first = lastMinted()
    expect(first).toMatchObject({ tools: [], silenceMs: 3_000 })
    expect(first.firstLine).toMatch(/; talk=free$/)
    await mutate(client, 'mintClientSecret', { sessionId: session.id })
    expect(lastMinted()).toEqual(first)
  })

  it('of free talk waits as long as the learner has set', async () => {
    await mutate(client, 'updateViewer', { input: { endOfTurnPauseMs: 1_000 } })
    await start('FREE')
    expect(lastMinted().silenceMs).toBe(1_000)
  })

  it.each([
    ['FREE', 'GUIDED'],
    ['GUIDED', 'FREE'],
    [undefined, 'FREE'],
  ])('that was asked for with %s is in conflict with the same request and %s', async (first, second) => {
    const requestId = randomUUID()
    await start(first, requestId)
    expect((await start(second, requestId)).__typename).toBe('ConflictFault')
  })

  it('that was asked for without a choice is the same as a guided one', async () => {
    const requestId = randomUUID()
    const { session } = await start(undefined, requestId)
    expect((await start('GUIDED', requestId)).session.id).toBe(session.id)
  })
})
