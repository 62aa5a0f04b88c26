import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { EvaluationId, UserId } from '../../server/domain/ids.ts'
import type { SessionMode } from '../../server/domain/session-state.ts'
import type { NamedStatement } from '../client.ts'

/** Whose progress, over how many weeks up to the current one, of which mode (null: all). Days and weeks are those of `timeZone`. */
export interface ProgressScope {
  userId: UserId
  timeZone: string
  weeks: number
  mode: SessionMode | null
  now: Date
}

/** A row of `progressWeeks`. */
export interface ProgressWeekRow {
  start: Date
  sessions: number
  practisedSeconds: number
  medianWpm: number | null
  medianMtld: number | null
  bestDrillScore: number | null
  /** Of the week's newest judgement that carries a level. */
  level: CefrLevel | null
  levelRange: CefrLevel[] | null
  /** Which scorer made that judgement, with its version. */
  scorer: string | null
}

/** A row of `progressTotals`: of all time. */
export interface ProgressTotalsRow {
  sessions: number
  practisedSeconds: number
  /** Of the newest judgement that carries a level. */
  currentLevel: CefrLevel | null
  /** That judgement. */
  currentEvaluationId: EvaluationId | null
  /** Days in a row with practice, up to today or yesterday. */
  streakDays: number
}

/** What counts as practice: not what failed before it began, nor a question that was never answered. */
const practised = `s.user_id = $1 and s.status <> 'FAILED' and (s.mode <> 'DRILL' or s.status = 'ENDED') and ($2::text is null or s.mode = $2)`

/** ProgressWeekRows, oldest first, also for weeks without any practice. Weeks begin on Monday. */
export function progressWeeks({ userId, mode, now, timeZone, weeks }: ProgressScope): NamedStatement {
  return {
    name: 'progress-weeks',
    text: `with this_week as (select date_trunc('week', $3::timestamptz at time zone $4) as monday)
      select w.monday at time zone $4 as start,
        count(s.id)::int as sessions,
        coalesce(sum(s.duration_seconds), 0)::int as "practisedSeconds",
        percentile_cont(0.5) within group (order by e.wpm) as "medianWpm",
        percentile_cont(0.5) within group (order by e.mtld) as "medianMtld",
        max(e.score) as "bestDrillScore",
        (array_agg(e.level order by s.started_at desc) filter (where e.level is not null))[1] as level,
        string_to_array((array_agg(array_to_string(e.level_range, ' ') order by s.started_at desc)
          filter (where e.level is not null))[1], ' ') as "levelRange",
        (array_agg(e.scorer order by s.started_at desc) filter (where e.level is not null))[1] as scorer
      from this_week
      cross join lateral generate_series(monday - ($5::int - 1) * interval '1 week', monday, interval '1 week') as w(monday)
      left join sessions s on ${practised}
        and s.started_at >= w.monday at time zone $4 and s.started_at < (w.monday + interval '1 week') at time zone $4
      left join evaluations e on e.id = s.evaluation_id
      group by w.monday order by w.monday`,
    values: [userId, mode, now, timeZone, weeks],
  }
}

/** One ProgressTotalsRow. */
export function progressTotals({ userId, mode, now, timeZone }: ProgressScope): NamedStatement {
  return {
    name: 'progress-totals',
    text: `with practice as (
        select (s.started_at at time zone $4)::date as day, s.duration_seconds, s.started_at, e.level, e.id as evaluation
        from sessions s left join evaluations e on e.id = s.evaluation_id where ${practised}
      ), days as (
        select day, (row_number() over (order by day desc))::int as place from practice group by day
      ), streak as (
        select count(*)::int as days from days where day = (select max(day) from days) - (place - 1)
          and (select max(day) from days) >= ($3::timestamptz at time zone $4)::date - 1
      )
      select count(*)::int as sessions, coalesce(sum(duration_seconds), 0)::int as "practisedSeconds",
        (array_agg(level order by started_at desc) filter (where level is not null))[1] as "currentLevel",
        (array_agg(evaluation order by started_at desc) filter (where level is not null))[1] as "currentEvaluationId",
        (select days from streak) as "streakDays"
      from practice`,
    values: [userId, mode, now, timeZone],
  }
}
