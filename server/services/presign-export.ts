import type { DataExportRecord } from '../../db/queries/data-export.ts'
import type { ServiceDeps } from './service-deps.ts'

/** A signed address that saves the zip until its time is over; null until it is there, and afterwards. */
export async function presignExport(
  deps: Pick<ServiceDeps, 'blobs' | 'clock'>,
  { status, storageKey, expiresAt, createdAt }: DataExportRecord,
): Promise<string | null> {
  if (status !== 'COMPLETED' || storageKey === null || expiresAt === null) return null
  const expiresInSeconds = Math.floor((expiresAt.getTime() - deps.clock().getTime()) / 1_000)
  if (expiresInSeconds < 1) return null
  const downloadName = `parley-export-${createdAt.toISOString().slice(0, 10)}.zip`
  return (await deps.blobs.presignGet(storageKey, { expiresInSeconds, downloadName })).url
}
