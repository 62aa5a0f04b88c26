import { sql } from 'kysely'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import type { EvaluationId, SessionId, UserId } from '../../server/domain/ids.ts'
import { type SpeechMetrics, valueOf } from '../../server/domain/speech-metrics/speech-metrics.ts'
import type { DrillResult } from '../../server/domain/drill-result.ts'
import type { SpeakingResult } from '../../server/domain/speaking-result.ts'
import type { NamedStatement, Tx } from '../client.ts'
import type { SessionFailure } from '../tables/session.ts'

interface AnyEvaluation {
  id: EvaluationId
  sessionId: SessionId
  /** With its version. */
  scorer: string
  metrics: SpeechMetrics
  processingMs: number
  createdAt: Date
}

export type SpeakingEvaluationRecord = AnyEvaluation & { kind: 'SPEAKING'; result: SpeakingResult }
export type DrillEvaluationRecord = AnyEvaluation & { kind: 'DRILL'; result: DrillResult }

/** One judgement, never changed once it is made. */
export type EvaluationRecord = SpeakingEvaluationRecord | DrillEvaluationRecord

/** EvaluationRecords of those of these that are there and the viewer's. */
export function evaluationsById(ids: readonly EvaluationId[]): NamedStatement {
  return {
    name: 'evaluations-by-id',
    text: `select id, session_id as "sessionId", scorer, processing_ms as "processingMs", created_at as "createdAt", metrics, result,
      case when score is null then 'SPEAKING' else 'DRILL' end as kind from evaluations where id = any($1)`,
    values: [ids],
  }
}

export type JudgementRecord = Pick<AnyEvaluation, 'scorer' | 'metrics' | 'processingMs' | 'createdAt'> & {
  result: EvaluationRecord['result']
}

/** All that were made of a session, oldest first. */
export async function listEvaluations(tx: Tx, sessionId: SessionId): Promise<JudgementRecord[]> {
  return tx
    .selectFrom('evaluations')
    .select(['scorer', 'processing_ms as processingMs', 'created_at as createdAt'])
    .select([sql<SpeechMetrics>`metrics`.as('metrics'), sql<EvaluationRecord['result']>`result`.as('result')])
    .where('session_id', '=', sessionId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
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

/** Of each answer alone, by its task's id, as each session's newest judgement has it; without sessions that have none. */
export async function listTaskMetrics(
  tx: Tx,
  sessionIds: readonly SessionId[],
): Promise<{ sessionId: SessionId; metrics: Record<string, SpeechMetrics> }[]> {
  return tx
    .selectFrom('sessions as s')
    .innerJoin('evaluations as e', 'e.id', 's.evaluation_id')
    .select(['s.id as sessionId', sql<Record<string, SpeechMetrics>>`e.task_metrics`.as('metrics')])
    .where('s.id', 'in', sessionIds)
    .execute()
}

export type NewEvaluation = EvaluationRecord & {
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
      ...chartedColumns(evaluation),
      metrics: JSON.stringify(evaluation.metrics),
      task_metrics: JSON.stringify(evaluation.taskMetrics),
      result: JSON.stringify(evaluation.result),
      processing_ms: evaluation.processingMs,
      created_at: evaluation.createdAt,
    })
    .execute()
}

/** What the charts over weeks are drawn from. What was typed says nothing of speech. */
function chartedColumns({ kind, result, metrics }: EvaluationRecord) {
  const speech = { wpm: valueOf(metrics, 'wpm'), mtld: valueOf(metrics, 'mtld') }
  if (kind === 'SPEAKING') return { ...speech, level: result.overallLevel, level_range: result.levelRange, score: null }
  const isSpoken = result.durationSeconds !== null
  return {
    ...(isSpoken ? speech : { wpm: null, mtld: null }),
    level: null,
    level_range: [],
    score: result.overallScore,
  }
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
