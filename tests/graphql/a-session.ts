/** Steps that many tests share: what a page does around a session. */
import { createHash, randomUUID } from 'node:crypto'
import pg from 'pg'
import { append, type GraphqlClient, topicId } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'
import { mutate } from './mutations.ts'

/** Input of a start, of a request of its own unless one is given. */
export async function startInput(
  client: GraphqlClient,
  over: { requestId?: string; level?: string } = {},
): Promise<Record<string, unknown>> {
  const { requestId = randomUUID(), ...rest } = over
  return { requestId, activity: { conversation: { topicId: await topicId(client), ...rest } } }
}

/** The id of a session that has just been started. */
export async function startedSessionId(client: GraphqlClient): Promise<string> {
  const started = await mutate(client, 'startSession', { input: await startInput(client) })
  if (started.__typename !== 'StartSessionPayload') throw new Error(`not started: ${JSON.stringify(started)}`)
  return started.session.id
}

/** The id of a session that has ended, with what was said in it. */
export async function endedSessionId(client: GraphqlClient, ...segments: Record<string, unknown>[]): Promise<string> {
  const sessionId = await startedSessionId(client)
  if (segments.length > 0) await append(client, sessionId, ...segments)
  await mutate(client, 'endSession', { input: { sessionId } })
  return sessionId
}

/** What is announced of a recording with this content. */
export function announce(
  sessionId: string,
  content: Buffer | string,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  const bytes = Buffer.from(content)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return {
    sessionId,
    mimeType: 'audio/webm;codecs=opus',
    sizeBytes: bytes.length,
    durationSeconds: 3,
    sha256,
    startMs: 0,
    ...over,
  }
}

/** Puts bytes where a presigned answer says. */
// oxlint-disable-next-line typescript/no-explicit-any
export function upload(url: string, presigned: any, content: string | Buffer<ArrayBuffer>): Promise<Response> {
  const headers = Object.fromEntries(
    presigned.headers.map((header: { name: string; value: string }) => [header.name, header.value]),
  )
  return fetch(new URL(presigned.uploadUrl, url), { method: 'PUT', headers, body: content })
}

/** Announces and uploads, but does not complete; gives the recording's id. */
export async function uploadedRecordingId(
  client: GraphqlClient,
  sessionId: string,
  content = 'some audio',
  over: Record<string, unknown> = {},
): Promise<string> {
  const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, content, over) })
  const put = await upload(client.url, presigned, content)
  if (!put.ok) throw new Error(`upload refused: ${put.status}`)
  return presigned.recording.id
}

/** An id as the tables have it. */
export function bareId(globalId: string): string {
  return globalId.slice(globalId.indexOf('_') + 1)
}

/** The same id of a thing that does not exist. */
export function idOfNothing(globalId: string): string {
  return `${globalId.slice(0, globalId.indexOf('_'))}_${randomUUID()}`
}

/** Rows as they are, past every policy. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function lookUp(installation: TestInstallation, query: string, values: unknown[] = []): Promise<any[]> {
  const client = new pg.Client({ connectionString: installation.database.adminUrl })
  await client.connect()
  try {
    return (await client.query(query, values)).rows
  } finally {
    await client.end()
  }
}

/** Sends a client secret's one offer. */
export function sendOffer(
  url: string,
  secret: { callUrl: string; value: string },
  over: { body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  return fetch(new URL(secret.callUrl, url), {
    method: 'POST',
    body: 'v=0\r\ns=offer\r\n',
    ...over,
    headers: { 'content-type': 'application/sdp', authorization: `Bearer ${secret.value}`, ...over.headers },
  })
}

/** A clock that a test sets. */
export function createTestClock(start = new Date()): { clock: () => Date; advance: (milliseconds: number) => void } {
  let now = start.getTime()
  return { clock: () => new Date(now), advance: (milliseconds) => void (now += milliseconds) }
}
