import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { QuestionId, UserId } from '../../server/domain/ids.ts'
import type { SessionMode, SessionStatus } from '../../server/domain/session-state.ts'
import type { NamedStatement } from '../client.ts'
import { selectSession } from './session-record.ts'

/** What a history is narrowed to; a key left out or null does not narrow. */
export interface HistoryFilter {
  modes?: readonly SessionMode[] | null | undefined
  statuses?: readonly SessionStatus[] | null | undefined
  levels?: readonly CefrLevel[] | null | undefined
  startedAfter?: Date | null | undefined
  startedBefore?: Date | null | undefined
  /** Drills of this question, in whichever version of its pack. */
  questionId?: QuestionId | null | undefined
  /** Found in the title or in what was said, in any case of letters. */
  search?: string | null | undefined
}

/** A session's place in the history. */
export interface HistoryCursor {
  startedAt: Date
  id: string
}

export interface HistoryPage {
  userId: UserId
  filter: HistoryFilter
  /** From the newest of the window on, or from its oldest. */
  direction: 'older' | 'newer'
  /** Only older ones than this. */
  after: HistoryCursor | null
  /** Only newer ones than this. */
  before: HistoryCursor | null
  limit: number
}

const narrowed = `s.user_id = $1
  and ($2::text[] is null or s.mode = any($2))
  and ($3::text[] is null or s.status = any($3))
  and ($4::text[] is null or s.level = any($4))
  and ($5::timestamptz is null or s.started_at >= $5)
  and ($6::timestamptz is null or s.started_at < $6)
  and ($7::text is null or s.title ilike $7 or exists (select from segments g where g.session_id = s.id and g.user_id = $1 and g.text ilike $7))
  and ($8::uuid is null or s.question_id in (select same.id from questions q join content_packs p on p.id = q.pack_id
    join content_packs twin on twin.name = p.name join questions same on same.pack_id = twin.id and same.key = q.key where q.id = $8))`

/** SessionRows: newest first when going to older ones, oldest first when going to newer ones. */
export function historyPage(page: HistoryPage): NamedStatement {
  const order = page.direction === 'older' ? 'desc' : 'asc'
  return {
    name: `history-page-${page.direction}`,
    text: `${selectSession} where ${narrowed}
      and ($9::timestamptz is null or (s.started_at, s.id) < ($9, $10::uuid))
      and ($11::timestamptz is null or (s.started_at, s.id) > ($11, $12::uuid))
      order by s.started_at ${order}, s.id ${order} limit $13`,
    values: [
      ...filterValues(page.userId, page.filter),
      page.after?.startedAt ?? null,
      page.after?.id ?? null,
      page.before?.startedAt ?? null,
      page.before?.id ?? null,
      page.limit,
    ],
  }
}

/** One row: `count`. */
export function historyCount(userId: UserId, filter: HistoryFilter): NamedStatement {
  return {
    name: 'history-count',
    text: `select count(*)::int as count from sessions s where ${narrowed}`,
    values: filterValues(userId, filter),
  }
}

function filterValues(userId: UserId, filter: HistoryFilter): unknown[] {
  const search = filter.search?.trim()
  return [
    userId,
    filter.modes ?? null,
    filter.statuses ?? null,
    filter.levels ?? null,
    filter.startedAfter ?? null,
    filter.startedBefore ?? null,
    search ? `%${search.replaceAll(/[\\%_]/g, '\\$&')}%` : null,
    filter.questionId ?? null,
  ]
}
