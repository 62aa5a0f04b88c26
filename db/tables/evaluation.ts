import type { JSONColumnType } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { EvaluationId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { SpeechMetrics } from '../../server/domain/speech-metrics/speech-metrics.ts'

export interface EvaluationsTable {
  id: EvaluationId
  session_id: SessionId
  user_id: UserId
  /** With its version. */
  scorer: string
  /** SHA-256 of all that was judged: the same again makes no second row. */
  input_key: string
  level: CefrLevel | null
  /** Of a drill, 0 to 100; null elsewhere. */
  score: number | null
  level_range: CefrLevel[]
  wpm: number | null
  mtld: number | null
  metrics: JSONColumnType<SpeechMetrics>
  /** Of a speaking test: of each answer alone, by its task's id. */
  task_metrics: JSONColumnType<Record<string, SpeechMetrics>>
  result: JSONColumnType<Record<string, unknown>>
  processing_ms: number
  created_at: Date
}
