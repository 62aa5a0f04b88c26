import type { ContentPackId, EventId, UserId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

export interface NewContentPackEvent {
  id: EventId
  packId: ContentPackId
  /** Null: the installation itself. */
  userId: UserId | null
  type: 'UPLOADED' | 'ACTIVATED' | 'ARCHIVED'
  at: Date
}

/** Writes down who did what to a pack: for whoever runs the installation to look up, in the database. */
export async function insertContentPackEvent(tx: Tx, event: NewContentPackEvent): Promise<void> {
  await tx
    .insertInto('content_pack_events')
    .values({ id: event.id, pack_id: event.packId, user_id: event.userId, type: event.type, at: event.at })
    .execute()
}
