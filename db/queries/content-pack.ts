import { type SqlBool, sql } from 'kysely'
import type { ContentPackContent, PackFile } from '../../server/domain/content-pack.ts'
import type { ContentPackStatus } from '../../server/domain/content-pack-status.ts'
import type { ContentPackId, IdMaker, QuestionId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

/** A content pack without its questions. */
export interface ContentPackRecord {
  id: ContentPackId
  version: string
  name: string
  title: string
  description: string | null
  status: ContentPackStatus
  schemaVersion: string
  fileSizeBytes: number
  /** SHA-256, lower-case hex. */
  checksum: string
  /** Seven. */
  categories: string[]
  /** Null: it came with the installation, or the account is gone. */
  uploadedBy: UserId | null
  createdAt: Date
  updatedAt: Date
  /** When it became ACTIVE, the last time; null: never. */
  activatedAt: Date | null
}

export interface NewContentPack {
  id: ContentPackId
  file: PackFile
  content: ContentPackContent
  uploadedBy: UserId | null
  fileSizeBytes: number
  checksum: string
  now: Date
}

/** A pack's place in the list. */
export interface ContentPackCursor {
  createdAt: Date
  id: string
}

/** Whose packs: null for everybody's, else those that are or were active and the user's own. */
type Reader = UserId | null

const columns = [
  'id',
  'version',
  'name',
  sql<string>`content #>> '{metadata,title}'`.as('title'),
  'description',
  'status',
  'schema_version as schemaVersion',
  'file_size as fileSizeBytes',
  'checksum',
  sql<string[]>`content #> '{metadata,categories}'`.as('categories'),
  'uploaded_by as uploadedBy',
  'created_at as createdAt',
  'updated_at as updatedAt',
  'activated_at as activatedAt',
] as const

/** Newest first. */
export async function listContentPacks(
  tx: Tx,
  page: { reader: Reader; status: ContentPackStatus | null; after: ContentPackCursor | null; limit: number },
): Promise<ContentPackRecord[]> {
  const { reader, status, after } = page
  return tx
    .selectFrom('content_packs')
    .select(columns)
    .$if(reader !== null, (query) => query.where(isVisibleTo(reader)))
    .$if(status !== null, (query) => query.where('status', '=', status ?? 'DRAFT'))
    .$if(after !== null, (query) =>
      query.where(sql<SqlBool>`(created_at, id) < (${after?.createdAt}, ${after?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

/** Null for what does not exist and for what the transaction's viewer may not see. */
export async function findContentPack(tx: Tx, id: ContentPackId): Promise<ContentPackRecord | null> {
  return (await tx.selectFrom('content_packs').select(columns).where('id', '=', id).executeTakeFirst()) ?? null
}

/** Of all versions of all packs there is one at most. */
export async function findActiveContentPack(tx: Tx): Promise<ContentPackRecord | null> {
  return (
    (await tx.selectFrom('content_packs').select(columns).where('status', '=', 'ACTIVE').executeTakeFirst()) ?? null
  )
}

/** Null also where the transaction's viewer may not see it. */
export async function findContentPackVersion(
  tx: Tx,
  { name, version }: { name: string; version: string },
): Promise<ContentPackRecord | null> {
  const row = await tx
    .selectFrom('content_packs')
    .select(columns)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  return row ?? null
}

/** Null for what does not exist and for what the transaction's viewer may not see. */
export async function findPackFile(tx: Tx, id: ContentPackId): Promise<PackFile | null> {
  const row = await tx
    .selectFrom('content_packs')
    .select(sql<PackFile>`content`.as('file'))
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.file ?? null
}

/** Drafts that this account brought in. */
export async function countDrafts(tx: Tx, userId: UserId): Promise<number> {
  const { drafts } = await tx
    .selectFrom('content_packs')
    .select(({ fn }) => fn.countAll<string>().as('drafts'))
    .where('uploaded_by', '=', userId)
    .where('status', '=', 'DRAFT')
    .executeTakeFirstOrThrow()
  return Number(drafts)
}

/** A draft, without its questions. False where there is a pack of this name and version. */
export async function insertContentPack(tx: Tx, pack: NewContentPack): Promise<boolean> {
  const result = await tx
    .insertInto('content_packs')
    .values({
      id: pack.id,
      version: pack.content.version,
      name: pack.content.name,
      description: pack.content.description,
      schema_version: pack.content.schemaVersion,
      content: JSON.stringify(pack.file),
      status: 'DRAFT',
      uploaded_by: pack.uploadedBy,
      file_size: pack.fileSizeBytes,
      checksum: pack.checksum,
      created_at: pack.now,
      updated_at: pack.now,
      activated_at: null,
    })
    .onConflict((conflict) => conflict.columns(['version', 'name']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Gives a pack its questions, in the order of the file. */
export async function insertQuestions(
  tx: Tx,
  packId: ContentPackId,
  questions: ContentPackContent['questions'],
  makeId: IdMaker,
): Promise<void> {
  await tx
    .insertInto('questions')
    .values(
      questions.map((question, index) => ({
        id: makeId<QuestionId>(),
        pack_id: packId,
        key: question.key,
        position: index + 1,
        category: question.category,
        prompt: question.prompt,
        expected_duration_seconds: question.expectedDurationSeconds,
        evaluation_criteria: JSON.stringify(question.evaluationCriteria),
        criteria_signals: question.criteriaSignals === null ? null : JSON.stringify(question.criteriaSignals),
      })),
    )
    .execute()
}

/** Holds back everyone else who changes the status of a pack until the transaction ends. */
export async function lockPackStatuses(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('parley.content-pack'))`.execute(tx)
}

/** The same without waiting: false while somebody else holds it. */
export async function tryLockPackStatuses(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('parley.content-pack')) as "isMine"`.execute(tx)
  return rows[0]?.isMine ?? false
}

/** Needs `lockPackStatuses`. The pack after the change. */
export async function updatePackActive(tx: Tx, id: ContentPackId, now: Date): Promise<ContentPackRecord> {
  return tx
    .updateTable('content_packs')
    .set({ status: 'ACTIVE', activated_at: now, updated_at: now })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

/** Needs `lockPackStatuses`. The pack after the change. */
export async function updatePackArchived(tx: Tx, id: ContentPackId, now: Date): Promise<ContentPackRecord> {
  return tx
    .updateTable('content_packs')
    .set({ status: 'ARCHIVED', updated_at: now })
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirstOrThrow()
}

function isVisibleTo(reader: Reader) {
  return sql<SqlBool>`(activated_at is not null or uploaded_by = ${reader})`
}
