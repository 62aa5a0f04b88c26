import type { Readable } from 'node:stream'
import { listPublishedRecordings } from '../../db/queries/publication.ts'
import { isSlug } from '../domain/slug.ts'
import type { BlobHead, ByteRange } from '../storage/blob-store.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface PublishedSound extends BlobHead {
  /** Null when the store does not have it. Throws BlobStoreUnavailableError. */
  read(range: ByteRange): Promise<Readable | null>
}

/** One part of the sound that is published under a slug; null where there is none, or not any more. To be asked at every request. */
export async function findPublishedSound(
  deps: Pick<ServiceDeps, 'db' | 'blobs'>,
  slug: string,
  part: number,
): Promise<PublishedSound | null> {
  if (!isSlug(slug)) return null
  const recordings = await deps.db.asVisitor(slug, (tx) => listPublishedRecordings(tx, slug))
  const recording = recordings.find((each) => each.part === part)
  if (!recording) return null
  const { mimeType, sizeBytes, sha256, storageKey } = recording
  return { mimeType, sizeBytes, sha256Hex: sha256, read: (range) => deps.blobs.read(storageKey, range) }
}
