import { listTopics as queryTopics, type TopicCursor, type TopicRecord } from '../../db/queries/topic.ts'
import type { CefrLevel } from '../domain/cefr-level.ts'
import type { ServiceDeps } from './service-deps.ts'

/** By level, then title. Needs no sign-in. */
export async function listTopics(
  deps: Pick<ServiceDeps, 'db'>,
  page: { level: CefrLevel | null; after: TopicCursor | null; limit: number },
): Promise<{ topics: TopicRecord[]; hasMore: boolean }> {
  const topics = await deps.db.withSystem('read topics', (tx) => queryTopics(tx, { ...page, limit: page.limit + 1 }))
  return { topics: topics.slice(0, page.limit), hasMore: topics.length > page.limit }
}
