import type { ContentPackId, QuestionId } from '../../server/domain/ids.ts'
import type { NamedStatement } from '../client.ts'

/** One interview question, as its pack has it. It never changes. */
export interface QuestionRecord {
  id: QuestionId
  packId: ContentPackId
  /** Its id in the pack's file, the same from version to version. */
  key: string
  category: string
  prompt: string
  expectedDurationSeconds: number
  evaluationCriteria: string[]
}

/** Those of a QuestionRecord, of questions as `q`. */
export const questionColumns = `q.id, q.pack_id as "packId", q.key, q.category, q.prompt,
  q.expected_duration_seconds as "expectedDurationSeconds", q.evaluation_criteria as "evaluationCriteria"`

/** QuestionRecords in the order of their packs: none for packs that the viewer may not see. */
export function questionsOfPacks(packIds: readonly ContentPackId[]): NamedStatement {
  const text = `select ${questionColumns} from questions q where q.pack_id = any($1) order by q.pack_id, q.position`
  return { name: 'questions-of-packs', text, values: [packIds] }
}

/** At most one QuestionRecord: none for what does not exist and for what the viewer may not see. */
export function questionById(id: QuestionId): NamedStatement {
  return { name: 'question-by-id', text: `select ${questionColumns} from questions q where q.id = $1`, values: [id] }
}
