/** What a drill rests on: its question, as its pack has it, and the pack itself. */
import { sql } from 'kysely'
import type { PackFile } from '../../server/domain/content-pack.ts'
import type { ContentPackStatus } from '../../server/domain/content-pack-status.ts'
import type { DrillResult } from '../../server/domain/drill-result.ts'
import type { ContentPackId, EvaluationId, QuestionId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { NamedStatement, Tx } from '../client.ts'
import { type QuestionRecord, questionColumns } from './question.ts'
import type { DrillResponseRecord } from './drill-response.ts'

/** A question that somebody wants to answer, with where its pack stands. */
export interface QuestionToDrill {
  id: QuestionId
  packId: ContentPackId
  packName: string
  packVersion: string
  packStatus: ContentPackStatus
  /** Null: the pack came with the installation, or its account is gone. */
  uploadedBy: UserId | null
  prompt: string
  expectedDurationSeconds: number
}

/** Null for what does not exist and for what the transaction's viewer may not see. */
export async function findQuestionToDrill(tx: Tx, id: QuestionId): Promise<QuestionToDrill | null> {
  const row = await tx
    .selectFrom('questions as q')
    .innerJoin('content_packs as p', 'p.id', 'q.pack_id')
    .select(['q.id', 'q.pack_id as packId', 'p.name as packName', 'p.version as packVersion'])
    .select(['p.status as packStatus', 'p.uploaded_by as uploadedBy'])
    .select(['q.prompt', 'q.expected_duration_seconds as expectedDurationSeconds'])
    .where('q.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** A drill's question as a scorer needs it, with the file of its pack. */
export interface QuestionToJudge {
  prompt: string
  category: string
  expectedDurationSeconds: number
  evaluationCriteria: string[]
  criteriaSignals: string[][] | null
  pack: PackFile
}

/** Of a drill; null for any other session. */
export async function findQuestionToJudge(tx: Tx, sessionId: SessionId): Promise<QuestionToJudge | null> {
  const row = await tx
    .selectFrom('sessions as s')
    .innerJoin('questions as q', 'q.id', 's.question_id')
    .innerJoin('content_packs as p', 'p.id', 'q.pack_id')
    .select(['q.prompt', 'q.category', 'q.expected_duration_seconds as expectedDurationSeconds'])
    .select(['q.evaluation_criteria as evaluationCriteria', 'q.criteria_signals as criteriaSignals'])
    .select(sql<PackFile>`p.content`.as('pack'))
    .where('s.id', '=', sessionId)
    .executeTakeFirst()
  return row ?? null
}

/** What a drill shows beside what every session does. */
export interface DrillDetails {
  question: QuestionRecord
  contentPackVersion: string
  response: DrillResponseRecord | null
  /** When its current judgement was made. */
  completedAt: Date | null
}

/** A row of `drillDetails`: the parts as JSON would lose their dates. */
export type DrillDetailsRow = {
  drillId: SessionId
  contentPackVersion: string
  completedAt: Date | null
  responseId: DrillResponseRecord['id'] | null
  responseAt: Date | null
} & Omit<DrillResponseRecord, 'id' | 'sessionId' | 'createdAt'> &
  QuestionRecord

/** DrillDetailsRows of those of these sessions that are the user's drills. */
export function drillDetails(userId: UserId, ids: readonly SessionId[]): NamedStatement {
  return {
    name: 'drill-details',
    text: `select s.id as "drillId", p.version as "contentPackVersion", e.created_at as "completedAt",
        r.id as "responseId", r.content, r.recording_id as "recordingId", r.audio_duration_s as "audioDurationSeconds",
        r.word_count as "wordCount", r.created_at as "responseAt", ${questionColumns}
      from sessions s join questions q on q.id = s.question_id join content_packs p on p.id = q.pack_id
        left join drill_responses r on r.session_id = s.id left join evaluations e on e.id = s.evaluation_id
      where s.user_id = $1 and s.id = any($2)`,
    values: [userId, ids],
  }
}

/** The details of a row. */
export function toDrillDetails(row: DrillDetailsRow): DrillDetails {
  const { drillId, contentPackVersion, completedAt, responseId, responseAt, ...rest } = row
  const { content, recordingId, audioDurationSeconds, wordCount, ...question } = rest
  const answer = { sessionId: drillId, content, recordingId, audioDurationSeconds, wordCount }
  const response = responseId && responseAt ? { ...answer, id: responseId, createdAt: responseAt } : null
  return { question, contentPackVersion, response, completedAt }
}

/**
 * `{ id, result }` for each of these judgements of the user's drills: what the last drill before it made of the same question, in
 * whichever version of its pack. No row where there is none.
 */
export function previousDrillResults(userId: UserId, ids: readonly EvaluationId[]): NamedStatement {
  return {
    name: 'previous-drill-results',
    text: `select later.id, earlier.result
      from evaluations later
        join sessions s on s.id = later.session_id
        join questions q on q.id = s.question_id join content_packs p on p.id = q.pack_id
        cross join lateral (
          select e.result
          from sessions f join evaluations e on e.id = f.evaluation_id
            join questions fq on fq.id = f.question_id join content_packs fp on fp.id = fq.pack_id
          where f.user_id = $1 and fq.key = q.key and fp.name = p.name
            and (f.started_at, f.id) < (s.started_at, s.id) and e.score is not null
          order by f.started_at desc, f.id desc limit 1
        ) earlier
      where later.user_id = $1 and later.id = any($2)`,
    values: [userId, ids],
  }
}

/** A row of `previousDrillResults`. */
export interface PreviousDrillResultRow extends Record<string, unknown> {
  id: EvaluationId
  result: DrillResult
}
