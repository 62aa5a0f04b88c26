/** Steps that tests of exports share. */
import { expect, vi } from 'vitest'
import type { BlobStore } from '../../server/storage/blob-store.ts'
import type { GraphqlClient } from '../support/graphql-client.ts'

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
