import { sql } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { TopicId } from '../../server/domain/ids.ts'
import type { Tx } from '../client.ts'

export interface TopicRecord {
  id: TopicId
  key: string
  title: string
  difficulty: CefrLevel
  promptHint: string | null
  createdAt: Date
  updatedAt: Date
}

/** A topic's place in the list. */
export interface TopicCursor {
  difficulty: string
  title: string
  id: string
}

const columns = [
  'id',
  'key',
  'title',
  'difficulty',
  'prompt_hint as promptHint',
  'created_at as createdAt',
  'updated_at as updatedAt',
] as const

/** By level, then title; retired topics are left out. */
export async function listTopics(
  tx: Tx,
  page: { level: CefrLevel | null; after: TopicCursor | null; limit: number },
): Promise<TopicRecord[]> {
  const { level, after } = page
  return tx
    .selectFrom('topics')
    .select(columns)
    .where('retired_at', 'is', null)
    .$if(level !== null, (query) => query.where('difficulty', '=', level ?? 'A1'))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(difficulty, title, id) > (${after?.difficulty}, ${after?.title}, ${after?.id}::uuid)`),
    )
    .orderBy('difficulty')
    .orderBy('title')
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/** Retired ones too: their sessions still show them. */
export async function findTopic(tx: Tx, id: TopicId): Promise<(TopicRecord & { isRetired: boolean }) | null> {
  const row = await tx
    .selectFrom('topics')
    .select([...columns, sql<boolean>`retired_at is not null`.as('isRetired')])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
