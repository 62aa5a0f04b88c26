import type { SessionId, UserId } from '../../server/domain/ids.ts'

/** That a session is published, and how. */
export interface PublicationsTable {
  session_id: SessionId
  user_id: UserId
  /** In the address: 144 random bits. */
  slug: string
  include_audio: boolean
  /** As the owner was called when they agreed; null: without a name. */
  author_name: string | null
  published_at: Date
}
