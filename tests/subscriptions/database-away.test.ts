/** What follows something when the database is away or slow for a moment: it goes on by itself, and nothing is taken up for ever. */
import { once } from 'node:events'
import { createClient } from 'graphql-ws'
import { afterAll, beforeAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import { tryAgainCode } from '../../server/http/graphql-ws.ts'
import { type DatabaseWay, startDatabaseWay } from '../support/database-way.ts'
import { append, type GraphqlClient, segmentInput, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { segmentsDocument } from '../support/subscription-documents.ts'
import { openStream } from './stream.ts'

let installation: TestInstallation
let way: DatabaseWay
/** A node whose way to the database is ours. */
let url: string
beforeAll(async () => {
  installation = await startTestInstallation({ env: { MAX_WEBSOCKETS: '1' } })
  const { appUrl, ownerUrl } = installation.database
  way = await startDatabaseWay(appUrl)
  url = (await installation.startNode({ database: { url: way.url, ownerUrl } })).url
})
afterAll(async () => {
  await installation.close()
  await way.close()
})

it('a transcript is followed on where it was, once the database is there again', { timeout: 60_000 }, async () => {
  const learner = await signUpClient(installation.url)
  const { session } = await startConversation(learner)
  const closings: number[] = []
  const socket = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: toSocketOf(learner),
    retryAttempts: Infinity,
    retryWait: () => Promise.resolve(),
    on: { closed: (event) => closings.push((event as { code: number }).code) },
  })
  const stream = openStream<{ segments: { text: string }[] }>(socket, 'transcriptSegments', segmentsDocument, {
    sessionId: session.id,
  })
  const texts = (): string[] => stream.received.flatMap(({ segments }) => segments.map(({ text }) => text))
  await append(learner, session.id, segmentInput('a', { text: 'before' }))
  await stream.until(() => texts().includes('before'))
  way.cut()
  await expect.poll(() => closings, { timeout: 15_000 }).toContain(tryAgainCode)
  await append(
    learner,
    session.id,
    segmentInput('b', { previousItemId: 'a', text: 'meanwhile', startMs: 200, endMs: 300 }),
  )
  way.mend()
  await stream.until(() => texts().includes('meanwhile'))
  await socket.dispose()
})

it('whoever goes while it is looked up who he is leaves no place taken', async () => {
  const learner = await signUpClient(installation.url)
  way.freeze()
  const left = await openRaw(learner)
  left.ping()
  // Answered in order: by now it is being looked up.
  await once(left, 'pong')
  left.terminate()
  // Whatever comes after it on this machine is heard after it.
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  way.mend()
  const next = await openRaw(learner)
  expect(JSON.parse(String((await once(next, 'message'))[0]))).toEqual({ type: 'connection_ack' })
  next.close()
})

/** It has said what it has to say first. */
async function openRaw(client: GraphqlClient): Promise<WebSocket> {
  const socket = new (toSocketOf(client))(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init' }))
  return socket
}

function toSocketOf(client: GraphqlClient): new (address: string, protocols: string | string[]) => WebSocket {
  return class extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { cookie: client.cookie ?? '' } })
    }
  }
}
