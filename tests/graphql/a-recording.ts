/** Steps that tests of recordings share: storing one, and looking at what the server makes of it. */
import { expect, vi } from 'vitest'
import type { GraphqlClient } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'
import { announce, bareId, lookUp, upload } from './a-session.ts'
import { mutate } from './mutations.ts'

/** Announces, uploads and completes; gives the recording's id. */
export async function storedRecordingId(
  client: GraphqlClient,
  sessionId: string,
  content: Buffer<ArrayBuffer>,
  over: Record<string, unknown> = {},
): Promise<string> {
  const presigned = await mutate(client, 'presignRecording', { input: announce(sessionId, content, over) })
  await upload(client.url, presigned, content)
  const completed = await mutate(client, 'completeRecording', { recordingId: presigned.recording.id })
  expect(completed.__typename).toBe('CompleteRecordingPayload')
  return presigned.recording.id
}

export const recordingDocument = /* GraphQL */ `
  query ($id: ID!, $count: Int) {
    node(id: $id) {
      ... on Recording {
        quality
        durationSeconds
        sampleRate
        channels
        url
        prunedAt
        peaks(count: $count)
      }
    }
  }
`

// oxlint-disable-next-line typescript/no-explicit-any
export async function look(client: GraphqlClient, recordingId: string, count = 8): Promise<any> {
  return (await client.ask(recordingDocument, { id: recordingId, count })).node
}

/** Once it is measured, or cannot be. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function settled(client: GraphqlClient, recordingId: string): Promise<any> {
  const quality = async (): Promise<string> => (await look(client, recordingId)).quality
  await vi.waitFor(async () => expect(await quality()).not.toBe('PENDING'), { timeout: 20_000 })
  return look(client, recordingId)
}

/** As it is stored. */
export async function rowOf(installation: TestInstallation, recordingId: string): Promise<Record<string, unknown>> {
  const [found] = await lookUp(installation, 'select * from recordings where id = $1', [bareId(recordingId)])
  return found
}

export interface LoggedEvent {
  type: string
  detail: Record<string, unknown>
}

/** The session's events of one type. */
export async function eventsOf(client: GraphqlClient, sessionId: string, type: string): Promise<LoggedEvent[]> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { events(first: 100) { edges { node { type detail } } } } }`,
    { id: sessionId },
  )
  const nodes: LoggedEvent[] = session.events.edges.map(({ node }: { node: LoggedEvent }) => node)
  return nodes.filter((node) => node.type === type)
}

export function measureKey(recordingId: string): string {
  return `measure-recording:${bareId(recordingId)}`
}

/** Those that wait or run. */
export async function jobsOf(installation: TestInstallation, key: string): Promise<unknown[]> {
  return lookUp(installation, 'select attempts from graphile_worker.jobs where key = $1', [key])
}

/** What the clock does every so often, done now. */
export async function runNow(installation: TestInstallation, task: string): Promise<void> {
  await lookUp(installation, `select graphile_worker.add_job($1, job_key => 'now')`, [task])
  await expect.poll(() => jobsOf(installation, 'now'), { timeout: 20_000 }).toEqual([])
}
