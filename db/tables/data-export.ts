import type { JSONColumnType } from 'kysely'
import type { DataExportId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { SessionFailure } from './session.ts'

export type ExportStatus = 'PENDING' | 'PROCESSING' | 'COMPLETED' | 'FAILED'

export interface DataExportsTable {
  id: DataExportId
  user_id: UserId
  request_id: string
  /** Null: everything. */
  session_id: SessionId | null
  status: ExportStatus
  /** 0 to 1. */
  progress: number
  /** Attempts that were begun, or called off. */
  round: number
  failure: JSONColumnType<SessionFailure> | null
  /** Where the newest attempt puts it. */
  storage_key: string | null
  size_bytes: number | null
  created_at: Date
  expires_at: Date | null
}
