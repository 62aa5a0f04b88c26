import {
  findPublished,
  listPublishedRecordings,
  type PublishedRecord,
  type PublishedRecording,
} from '../../db/queries/publication.ts'
import { listSegments } from '../../db/queries/transcript.ts'
import { isSlug } from '../domain/slug.ts'
import type { Segment } from '../domain/transcript.ts'
import type { ServiceDeps } from './service-deps.ts'

export interface PublishedSession extends PublishedRecord {
  /** In sequence order. */
  segments: Segment[]
  /** By part; none where the sound is not published. */
  recordings: PublishedRecording[]
}

/** What is published under a slug, for whoever has it; null where nothing is, or not any more. */
export async function findPublishedSession(
  deps: Pick<ServiceDeps, 'db'>,
  slug: string,
): Promise<PublishedSession | null> {
  if (!isSlug(slug)) return null
  return deps.db.asVisitor(slug, async (tx) => {
    const published = await findPublished(tx, slug)
    if (!published) return null
    const segments = await listSegments(tx, published.sessionId)
    return { ...published, segments, recordings: await listPublishedRecordings(tx, slug) }
  })
}
