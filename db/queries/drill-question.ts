import type { SessionId, UserId } from '../../server/domain/ids.ts'
import type { NamedStatement } from '../client.ts'
import { type QuestionRecord, questionColumns } from './question.ts'

/** A row of `drillQuestionPage`: a question of the active pack, and what somebody made of it so far. */
export interface DrillQuestionRow extends QuestionRecord {
  position: number
  /** Drills that were answered, whatever became of them. */
  attempts: number
  /** Of those that have a score now. */
  bestScore: number | null
  /** The newest of them. */
  lastTryId: SessionId | null
}

export interface DrillQuestionPage {
  userId: UserId
  category: string | null
  /** Only what comes after this place of the pack. */
  afterPosition: number | null
  limit: number
}

/** DrillQuestionRows, in the pack's order. Drills of earlier versions of the pack count by their question's key. */
export function drillQuestionPage({ userId, category, afterPosition, limit }: DrillQuestionPage): NamedStatement {
  return {
    name: 'drill-question-page',
    text: `with drilled as (
        select p.name, q.key, count(*)::int as attempts, max(e.score) as best,
          (array_agg(s.id order by s.started_at desc, s.id desc))[1] as last
        from sessions s join questions q on q.id = s.question_id join content_packs p on p.id = q.pack_id
          left join evaluations e on e.id = s.evaluation_id
        where s.user_id = $1 and s.question_id is not null and s.status = 'ENDED'
        group by p.name, q.key
      )
      select ${questionColumns}, q.position, coalesce(d.attempts, 0) as attempts, d.best as "bestScore", d.last as "lastTryId"
      from content_packs a join questions q on q.pack_id = a.id left join drilled d on d.name = a.name and d.key = q.key
      where a.status = 'ACTIVE' and ($2::text is null or q.category = $2) and ($3::int is null or q.position > $3)
      order by q.position limit $4`,
    values: [userId, category, afterPosition, limit],
  }
}
