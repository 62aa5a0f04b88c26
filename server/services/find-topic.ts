import { findTopic as queryTopic, type TopicRecord } from '../../db/queries/topic.ts'
import type { TopicId } from '../domain/ids.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Null when there is none, or it is no longer offered. Needs no sign-in. */
export async function findTopic(deps: Pick<ServiceDeps, 'db'>, id: TopicId): Promise<TopicRecord | null> {
  const topic = await deps.db.withSystem('read topics', (tx) => queryTopic(tx, id))
  return topic && !topic.isRetired ? topic : null
}
