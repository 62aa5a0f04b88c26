import type { JSONColumnType } from 'kysely'
import type { PackFile } from '../../server/domain/content-pack.ts'
import type { ContentPackStatus } from '../../server/domain/content-pack-status.ts'
import type { ContentPackId, EventId, QuestionId, UserId } from '../../server/domain/ids.ts'

export interface ContentPacksTable {
  id: ContentPackId
  /** Semantic version; unique together with the name. */
  version: string
  name: string
  description: string | null
  schema_version: string
  /** The file as it was uploaded. */
  content: JSONColumnType<PackFile>
  status: ContentPackStatus
  /** Null: it came with the installation, or the account is gone. */
  uploaded_by: UserId | null
  /** Bytes. */
  file_size: number
  /** SHA-256 of the bytes as uploaded, lower-case hex. */
  checksum: string
  created_at: Date
  updated_at: Date
  /** When it became ACTIVE, the last time; null: never. */
  activated_at: Date | null
}

/** Written with its pack and never changed. */
export interface QuestionsTable {
  id: QuestionId
  pack_id: ContentPackId
  /** Its id in the file. */
  key: string
  /** From 1, in the order of the file. */
  position: number
  category: string
  prompt: string
  expected_duration_seconds: number
  evaluation_criteria: JSONColumnType<string[]>
  /** A list for each criterion; null where the file has none. */
  criteria_signals: JSONColumnType<string[][]> | null
}

export interface ContentPackEventsTable {
  id: EventId
  pack_id: ContentPackId
  /** Null: the installation itself, or the account is gone. */
  user_id: UserId | null
  type: 'UPLOADED' | 'ACTIVATED' | 'ARCHIVED'
  at: Date
}
