import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { TopicId } from '../../server/domain/ids.ts'

export interface TopicsTable {
  id: TopicId
  /** What the partner knows the topic by. */
  key: string
  title: string
  difficulty: CefrLevel
  prompt_hint: string | null
  /** Set when a topic is no longer offered; its sessions keep it. */
  retired_at: Date | null
  created_at: Date
  updated_at: Date
}
