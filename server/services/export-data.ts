import { Readable } from 'node:stream'
import {
  beginDataExport,
  type DataExportRecord,
  updateExportCompleted,
  updateExportFailed,
  updateExportProgress,
} from '../../db/queries/data-export.ts'
import { createZipArchive } from '../archive/zip-archive.ts'
import type { DataExportId } from '../domain/ids.ts'
import { BlobStoreUnavailableError } from '../storage/blob-store.ts'
import { listExportFiles, type MissingFile } from './list-export-files.ts'
import { takeSnapshot } from './take-snapshot.ts'
import type { ServiceDeps } from './service-deps.ts'

/** The link holds this long, and so does what it leads to. */
const keptMs = 24 * 3_600_000

type Deps = Pick<ServiceDeps, 'db' | 'clock' | 'blobs' | 'log'>

/**
 * Makes a copy of somebody's data, as it was at one moment, and puts it into the store as a zip while it is being made: however
 * many sessions there are, few are in memory. May be run any number of times and be killed at any point: an attempt that is not
 * wanted any more leaves nothing behind. What may come right by itself is thrown, to be tried again, until `isLastTry`.
 */
export async function exportData(deps: Deps, id: DataExportId, { isLastTry }: { isLastTry: boolean }): Promise<void> {
  const begun = await deps.db.withSystem('export data', (tx) => beginDataExport(tx, id))
  if (!begun || begun.storageKey === null) return
  try {
    await make(deps, begun, begun.storageKey)
  } catch (error) {
    if (error instanceof NotWantedError) return
    if (isLastTry) await fail(deps, begun, error)
    throw error
  }
}

/** Deleted, or begun anew, meanwhile. */
class NotWantedError extends Error {
  override name = 'NotWantedError'
}

async function make(deps: Deps, begun: DataExportRecord, storageKey: string): Promise<void> {
  const snapshot = await takeSnapshot(deps, begun)
  try {
    const missing: MissingFile[] = []
    const onSession = (share: number): Promise<void> => noteProgress(deps, begun, share)
    const files = listExportFiles(deps, snapshot, { missing, onSession })
    const about = () => ({ createdAt: snapshot.takenAt, sessions: snapshot.sessions.length, missing })
    const sizeBytes = await keep(deps, storageKey, createZipArchive(files, about))
    const expiresAt = new Date(deps.clock().getTime() + keptMs)
    const isWanted = await deps.db.withSystem('export data', (tx) =>
      updateExportCompleted(tx, begun, { sizeBytes, expiresAt }),
    )
    if (!isWanted) await deps.blobs.delete(storageKey)
  } finally {
    await snapshot.close()
  }
}

/** Gives how long it was. Throws what went wrong with the archive as it is, and not as the store saw it. */
async function keep(deps: Pick<Deps, 'blobs'>, storageKey: string, archive: Readable): Promise<number> {
  let sizeBytes = 0
  const faults: unknown[] = []
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of archive as AsyncIterable<Uint8Array>) {
        sizeBytes += chunk.length
        yield chunk
      }
    } catch (error) {
      faults.push(error)
      throw error
    }
  }
  try {
    await deps.blobs.putStream(storageKey, Readable.from(counted(), { objectMode: false }), 'application/zip')
  } catch (error) {
    throw faults[0] ?? error
  }
  return sizeBytes
}

async function noteProgress(deps: Deps, begun: DataExportRecord, share: number): Promise<void> {
  // The whole is there only once the store has it.
  const isWanted = await deps.db.withSystem('export data', (tx) => updateExportProgress(tx, begun, share * 0.99))
  if (!isWanted) throw new NotWantedError()
}

async function fail(deps: Deps, begun: DataExportRecord, error: unknown): Promise<void> {
  const isStore = error instanceof BlobStoreUnavailableError
  const failure = {
    code: isStore ? 'STORAGE_UNAVAILABLE' : 'INTERNAL',
    message: isStore
      ? 'The store of recordings could not be reached. Nothing is lost: export your data again later.'
      : 'Something went wrong while your data was exported. Nothing is lost: export it again later.',
    retryable: true,
    at: deps.clock().toISOString(),
  }
  await deps.db.withSystem('export data', (tx) => updateExportFailed(tx, begun, failure))
}
