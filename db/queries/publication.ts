import { type NotNull, sql } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { SessionId, UserId } from '../../server/domain/ids.ts'
import type { SessionMode } from '../../server/domain/session-state.ts'
import type { Tx } from '../client.ts'

/** How a session is published. */
export interface PublicationRecord {
  slug: string
  includeAudio: boolean
  publishedAt: Date
}

export interface NewPublication extends PublicationRecord {
  sessionId: SessionId
  userId: UserId
  authorName: string | null
}

/** Publishes a session; one that is published keeps its slug, and takes on the rest. False where it is published like this already. */
export async function upsertPublication(tx: Tx, publication: NewPublication): Promise<boolean> {
  const { includeAudio, authorName, publishedAt } = publication
  const chosen = { include_audio: includeAudio, author_name: authorName, published_at: publishedAt }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('publications')
    .values({ session_id: publication.sessionId, user_id: publication.userId, slug: publication.slug, ...chosen })
    .onConflict((conflict) =>
      conflict
        .column('session_id')
        .doUpdateSet(chosen)
        .where((row) =>
          row.or([
            row('publications.include_audio', 'is distinct from', includeAudio),
            row('publications.author_name', 'is distinct from', authorName),
          ]),
        ),
    )
    .executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** False where it was not published. */
export async function deletePublication(tx: Tx, sessionId: SessionId): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('publications').where('session_id', '=', sessionId).executeTakeFirst()
  return numDeletedRows > 0n
}

/** What a visitor sees of a session, beside its words and its sound. */
export interface PublishedRecord {
  sessionId: SessionId
  slug: string
  title: string
  mode: SessionMode
  /** Null for a drill. */
  level: CefrLevel | null
  startedAt: Date
  publishedAt: Date
  authorName: string | null
}

/** In a visitor's transaction; null where nothing is published under this slug. */
export async function findPublished(tx: Tx, slug: string): Promise<PublishedRecord | null> {
  const row = await tx
    .selectFrom('publications as p')
    .innerJoin('sessions as s', 's.id', 'p.session_id')
    .select([
      's.id as sessionId',
      'p.slug',
      's.title',
      's.mode',
      's.level',
      's.started_at as startedAt',
      'p.published_at as publishedAt',
      'p.author_name as authorName',
    ])
    .where('p.slug', '=', slug)
    .executeTakeFirst()
  return row ?? null
}

/** One part of the sound, which the store has. */
export interface PublishedRecording {
  part: number
  isPrimary: boolean
  startMs: number
  durationSeconds: number
  mimeType: string
  sizeBytes: number
  sha256: string
  storageKey: string
}

/** In a visitor's transaction, by part: none where the sound is not published. */
export async function listPublishedRecordings(tx: Tx, slug: string): Promise<PublishedRecording[]> {
  return tx
    .selectFrom('publications as p')
    .innerJoin('recordings as r', 'r.session_id', 'p.session_id')
    .select([
      'r.part',
      'r.is_primary as isPrimary',
      'r.start_ms as startMs',
      sql<number>`coalesce(r.measured_seconds, r.duration_seconds)`.as('durationSeconds'),
      'r.mime_type as mimeType',
      'r.size_bytes as sizeBytes',
      'r.sha256',
      'r.storage_key as storageKey',
    ])
    .where('p.slug', '=', slug)
    .where('p.include_audio', '=', true)
    .where('r.storage_key', 'is not', null)
    .where('r.pruned_at', 'is', null)
    .where('r.missing_at', 'is', null)
    .orderBy('r.part')
    .$narrowType<{ storageKey: NotNull }>()
    .execute()
}
