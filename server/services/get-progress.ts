import { z } from 'zod'
import {
  progressTotals,
  type ProgressTotalsRow,
  progressWeeks,
  type ProgressWeekRow,
} from '../../db/queries/progress.ts'
import type { UserRecord } from '../../db/queries/user.ts'
import type { SessionMode } from '../domain/session-state.ts'
import { parseInput } from './parse-input.ts'
import type { ServiceDeps } from './service-deps.ts'

/** What somebody practised over the last weeks, and over all time. */
export interface Progress extends ProgressTotalsRow {
  /** Oldest first; the last one is the current week. */
  weeks: ProgressWeekRow[]
}

const inputSchema = z.object({ weeks: z.int().min(1, 'At least 1 week.').max(104, 'At most 104 weeks.') })

/** Days and weeks are those of the account's time zone. Throws InvalidInputError. */
export async function getProgress(
  deps: Pick<ServiceDeps, 'db' | 'clock'>,
  user: UserRecord,
  wanted: { weeks: number; mode: SessionMode | null },
): Promise<Progress> {
  const { weeks } = parseInput(inputSchema, { weeks: wanted.weeks })
  const scope = { userId: user.id, timeZone: user.timeZone, weeks, mode: wanted.mode, now: deps.clock() }
  const [rows, [totals]] = await Promise.all([
    deps.db.readAsViewer<ProgressWeekRow & Record<string, unknown>>(user.id, progressWeeks(scope)),
    deps.db.readAsViewer<ProgressTotalsRow & Record<string, unknown>>(user.id, progressTotals(scope)),
  ])
  if (!totals) throw new Error('totals have one row')
  return { ...totals, weeks: rows }
}
