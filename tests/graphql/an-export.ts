/** Steps that tests of exports share. */
import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import type { BlobStore } from '../../server/storage/blob-store.ts'
import { type GraphqlClient, segmentInput } from '../support/graphql-client.ts'
import { unzip } from '../support/unzip.ts'
import { settled, storedRecordingId } from './a-recording.ts'
import { endedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

export interface ExportState {
  status: string
  progress: number
  url: string | null
  expiresAt: string | null
  failure: { code: string; message: string; retryable: boolean } | null
}

export async function exportState(client: GraphqlClient, id: string): Promise<ExportState | null> {
  const document = `query ($id: ID!) { node(id: $id) { ... on DataExport {
    status progress url expiresAt failure { code message retryable } } } }`
  return (await client.ask(document, { id })).node
}

/** Once it is there, or cannot be made. */
export async function exported(client: GraphqlClient, id: string): Promise<ExportState> {
  const status = async () => (await exportState(client, id))?.status
  await vi.waitFor(async () => expect(await status()).toMatch(/COMPLETED|FAILED/), { timeout: 120_000 })
  const state = await exportState(client, id)
  if (!state) throw new Error('the export is gone')
  return state
}

/** Asks for one session, or for everything; gives the export's id. */
export async function askForExport(client: GraphqlClient, sessionId?: string): Promise<string> {
  const asked = await mutate(client, 'exportData', { requestId: randomUUID(), sessionId })
  expect(asked.__typename).toBe('ExportDataPayload')
  return asked.export.id
}

export async function download(client: GraphqlClient, url: string | null): Promise<Buffer> {
  const answer = await fetch(new URL(url ?? '', client.url))
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** What is in it, by path, once it is there. */
export async function exportedFiles(client: GraphqlClient, exportId: string): Promise<Map<string, Buffer>> {
  return unzip(await download(client, (await exported(client, exportId)).url))
}

// oxlint-disable-next-line typescript/no-explicit-any
export function jsonOf(files: Map<string, Buffer>, path: string): any {
  return JSON.parse(files.get(path)?.toString() ?? 'null')
}

/** An ended session of one minute in which the learner said this; from then on only exports read its recording. */
export async function spokenSessionId(
  client: GraphqlClient,
  text: string,
  audio: Buffer<ArrayBuffer> = Buffer.from('some audio'),
): Promise<string> {
  const said = segmentInput('a', { speaker: 'LEARNER', text, startMs: 0, endMs: 61_500 })
  const sessionId = await endedSessionId(client, said)
  // Whoever measures it reads it too.
  await settled(client, await storedRecordingId(client, sessionId, audio))
  return sessionId
}

/** Knows how many recordings are open at once, and can put something between an export and a recording. */
export class WatchedStore {
  open = 0
  mostOpen = 0
  beforeRead: () => Promise<void> = async () => undefined

  reset(): void {
    this.mostOpen = 0
    this.beforeRead = async () => undefined
  }

  watch(blobs: BlobStore): BlobStore {
    return {
      ...blobs,
      read: async (key, range) => {
        if (!key.startsWith('recordings/')) return blobs.read(key, range)
        await this.beforeRead()
        const stream = await blobs.read(key, range)
        if (!stream) return null
        this.open += 1
        this.mostOpen = Math.max(this.mostOpen, this.open)
        return stream.once('close', () => void (this.open -= 1))
      },
    }
  }
}
