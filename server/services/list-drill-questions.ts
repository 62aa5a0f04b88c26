import { drillQuestionPage, type DrillQuestionRow } from '../../db/queries/drill-question.ts'
import { sessionsById } from '../../db/queries/session.ts'
import { type SessionRecord, type SessionRow, toSessionRecord } from '../../db/queries/session-record.ts'
import type { Viewer } from '../auth/viewer.ts'
import { isStorable } from './is-storable.ts'
import type { ServiceDeps } from './service-deps.ts'

/** A question with what the viewer made of it so far. */
export interface DrillQuestion extends DrillQuestionRow {
  /** The newest drill of it that was answered. */
  lastTry: SessionRecord | null
}

/** Of the active pack, in its order; none while no pack is active. Two reads, however many there are. */
export async function listDrillQuestions(
  deps: Pick<ServiceDeps, 'db'>,
  viewer: Pick<Viewer, 'id'>,
  page: { category: string | null; afterPosition: number | null; limit: number },
): Promise<{ questions: DrillQuestion[]; hasMore: boolean }> {
  if (!isStorable(page.category ?? '')) return { questions: [], hasMore: false }
  const statement = drillQuestionPage({ userId: viewer.id, ...page, limit: page.limit + 1 })
  const rows = await deps.db.readAsViewer<DrillQuestionRow & Record<string, unknown>>(viewer.id, statement)
  const shown = rows.slice(0, page.limit)
  const triedIds = shown.flatMap(({ lastTryId }) => lastTryId ?? [])
  const tried = triedIds.length > 0 ? await deps.db.readAsViewer<SessionRow>(viewer.id, sessionsById(triedIds)) : []
  const lastTries = new Map(tried.map(toSessionRecord).map((session) => [session.id, session]))
  const questions = shown.map((row) => ({ ...row, lastTry: (row.lastTryId && lastTries.get(row.lastTryId)) ?? null }))
  return { questions, hasMore: rows.length > page.limit }
}
