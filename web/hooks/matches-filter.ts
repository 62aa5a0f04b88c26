import type { HistoryFilter, SessionRowFragment } from '../gql/documents.ts'

/** Whether a session that just came belongs in a filtered list: the server's rule, as far as a row can tell. */
export function matchesFilter(
  session: Pick<SessionRowFragment, 'mode' | 'status' | 'level' | 'title' | 'startedAt'>,
  filter: HistoryFilter,
): boolean {
  const { modes, statuses, levels, startedAfter, startedBefore, search } = filter
  if (modes?.length && !modes.includes(session.mode)) return false
  if (statuses?.length && !statuses.includes(session.status)) return false
  if (levels?.length && (session.level === null || !levels.includes(session.level))) return false
  if (startedAfter && Date.parse(session.startedAt) < Date.parse(startedAfter)) return false
  if (startedBefore && Date.parse(session.startedAt) >= Date.parse(startedBefore)) return false
  return !search || session.title.toLowerCase().includes(search.trim().toLowerCase())
}
