import { sql } from 'kysely'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import type { EvaluationId, SessionId, TestTaskId, UserId } from '../../server/domain/ids.ts'
import { type SpeechMetrics, valueOf } from '../../server/domain/speech-metrics/speech-metrics.ts'
import type { SpeakingResult } from '../../server/domain/speaking-result.ts'
import type { Tx } from '../client.ts'
import type { SessionFailure } from '../tables/session.ts'

/** One judgement, never changed once it is made. */
export interface EvaluationRecord {
  id: EvaluationId
  sessionId: SessionId
  /** With its version. */
  scorer: string
  metrics: SpeechMetrics
  result: SpeakingResult
  processingMs: number
  createdAt: Date
}

/** Null for what does not exist and for what is not the viewer's. */
export async function findEvaluation(tx: Tx, id: EvaluationId): Promise<EvaluationRecord | null> {
  return (await selectEvaluations(tx).where('id', '=', id).executeTakeFirst()) ?? null
}

/** All that were made of a session, oldest first. */
export async function listEvaluations(tx: Tx, sessionId: SessionId): Promise<EvaluationRecord[]> {
  return selectEvaluations(tx).where('session_id', '=', sessionId).orderBy('created_at').orderBy('id').execute()
}

/** The judgement of exactly this input, if there is one. */
export async function findEvaluationOf(tx: Tx, sessionId: SessionId, inputKey: string): Promise<EvaluationId | null> {
  const row = await tx
    .selectFrom('evaluations')
    .select('id')
    .where('session_id', '=', sessionId)
    .where('input_key', '=', inputKey)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Of one task's answer, as the session's newest judgement has it; null without one. */
export async function findTaskMetrics(tx: Tx, sessionId: SessionId, taskId: TestTaskId): Promise<SpeechMetrics | null> {
  const row = await tx
    .selectFrom('sessions as s')
    .innerJoin('evaluations as e', 'e.id', 's.evaluation_id')
    .select(sql<SpeechMetrics | null>`e.task_metrics -> ${taskId}::text`.as('metrics'))
    .where('s.id', '=', sessionId)
    .executeTakeFirst()
  return row?.metrics ?? null
}

function selectEvaluations(tx: Tx) {
  return tx
    .selectFrom('evaluations')
    .select(['id', 'session_id as sessionId', 'scorer', 'processing_ms as processingMs', 'created_at as createdAt'])
    .select([sql<SpeechMetrics>`metrics`.as('metrics'), sql<SpeakingResult>`result`.as('result')])
}

export interface NewEvaluation extends EvaluationRecord {
  /** Of a speaking test: of each answer alone, by its task's id. */
  taskMetrics: Readonly<Record<string, SpeechMetrics>>
  userId: UserId
  /** SHA-256 of all that was judged. */
  inputKey: string
}

/** Writes a judgement once and for all. */
export async function insertEvaluation(tx: Tx, evaluation: NewEvaluation): Promise<void> {
  await tx
    .insertInto('evaluations')
    .values({
      id: evaluation.id,
      session_id: evaluation.sessionId,
      user_id: evaluation.userId,
      scorer: evaluation.scorer,
      input_key: evaluation.inputKey,
      level: evaluation.result.overallLevel,
      level_range: evaluation.result.levelRange,
      wpm: valueOf(evaluation.metrics, 'wpm'),
      mtld: valueOf(evaluation.metrics, 'mtld'),
      metrics: JSON.stringify(evaluation.metrics),
      task_metrics: JSON.stringify(evaluation.taskMetrics),
      result: JSON.stringify(evaluation.result),
      processing_ms: evaluation.processingMs,
      created_at: evaluation.createdAt,
    })
    .execute()
}

export interface EvaluationState {
  status: EvaluationStatus
  /** Where status is FAILED. */
  failure?: SessionFailure
  /** A new newest one. */
  evaluationId?: EvaluationId
  now: Date
}

/** Writes where the judgement of a session stands. */
export async function updateEvaluationState(tx: Tx, id: SessionId, state: EvaluationState): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      evaluation_status: state.status,
      evaluation_failure: state.failure ? JSON.stringify(state.failure) : null,
      ...(state.evaluationId && { evaluation_id: state.evaluationId }),
      change_number: sql`change_number + 1`,
      updated_at: state.now,
    })
    .where('id', '=', id)
    .execute()
}

/** Notes that another judgement is due. A judgement under way is seen as PROCESSING until it ends. */
export async function updateEvaluationDue(
  tx: Tx,
  id: SessionId,
  due: { isRequested: boolean; now: Date },
): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({
      evaluation_status: sql`case when evaluation_status = 'PROCESSING' then 'PROCESSING' else 'PENDING' end`,
      evaluation_failure: null,
      evaluation_round: sql`evaluation_round + 1`,
      ...(due.isRequested && { evaluation_requests: sql`evaluation_requests + 1` }),
      change_number: sql`change_number + 1`,
      updated_at: due.now,
    })
    .where('id', '=', id)
    .execute()
}
