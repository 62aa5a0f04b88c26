import { SearchField, SelectField } from '../../components/Field.tsx'
import type { CefrLevel, HistoryFilter, SessionMode, SessionStatus } from '../../gql/documents.ts'

export interface HistoryFilterValues {
  search: string
  mode: SessionMode | ''
  level: CefrLevel | ''
  status: SessionStatus | ''
  /** How far back, in days; empty for everything. */
  days: '' | '7' | '30' | '365'
}

export const noFilters: HistoryFilterValues = { search: '', mode: '', level: '', status: '', days: '' }

const modes = { CONVERSATION: 'Conversations', SPEAKING_TEST: 'Speaking tests', DRILL: 'Interview questions' } as const
const levels = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2'] as const
const statuses = { ENDED: 'Completed', ACTIVE: 'In progress', ABANDONED: 'Cut off', FAILED: 'Did not start' } as const
const spans = { '7': 'Last 7 days', '30': 'Last 30 days', '365': 'Last year' } as const

export function HistoryFilters({
  value,
  onValue,
}: {
  value: HistoryFilterValues
  onValue: (value: HistoryFilterValues) => void
}) {
  const set = (change: Partial<HistoryFilterValues>): void => onValue({ ...value, ...change })
  return (
    <form class="filters" role="search" aria-label="Filter history" onSubmit={(event) => event.preventDefault()}>
      <SearchField
        label="Search history"
        placeholder="Search by topic"
        value={value.search}
        onValue={(search) => set({ search })}
      />
      <SelectField
        label="Kind"
        value={value.mode}
        onValue={(mode) => set({ mode: keyOf(modes, mode) ?? '' })}
        options={[
          { value: '', label: 'Everything' },
          ...Object.entries(modes).map(([key, label]) => ({ value: key, label })),
        ]}
      />
      <SelectField
        label="Level"
        value={value.level}
        onValue={(level) => set({ level: levels.find((each) => each === level) ?? '' })}
        options={[{ value: '', label: 'Any level' }, ...levels.map((level) => ({ value: level, label: level }))]}
      />
      <SelectField
        label="Status"
        value={value.status}
        onValue={(status) => set({ status: keyOf(statuses, status) ?? '' })}
        options={[
          { value: '', label: 'Any status' },
          ...Object.entries(statuses).map(([key, label]) => ({ value: key, label })),
        ]}
      />
      <SelectField
        label="Date"
        value={value.days}
        onValue={(days) => set({ days: keyOf(spans, days) ?? '' })}
        options={[
          { value: '', label: 'Any time' },
          ...Object.entries(spans).map(([key, label]) => ({ value: key, label })),
        ]}
      />
    </form>
  )
}

/** In the API's words. The span begins at a full day, so that the same choice is the same query. */
export function toHistoryFilter(values: HistoryFilterValues, now = new Date()): HistoryFilter {
  const filter: HistoryFilter = {}
  if (values.search.trim() !== '') filter.search = values.search.trim()
  if (values.mode !== '') filter.modes = [values.mode]
  if (values.level !== '') filter.levels = [values.level]
  if (values.status !== '') filter.statuses = [values.status]
  if (values.days !== '')
    filter.startedAfter = new Date(now.getFullYear(), now.getMonth(), now.getDate() - Number(values.days)).toISOString()
  return filter
}

function keyOf<T extends object>(table: T, key: string): keyof T | undefined {
  return (Object.keys(table) as (keyof T)[]).find((each) => each === key)
}
