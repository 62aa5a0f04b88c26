import { SelectField } from '../../components/Field.tsx'

export interface ProgressFilterValues {
  mode: '' | 'CONVERSATION' | 'SPEAKING_TEST' | 'DRILL'
  weeks: '12' | '26' | '52'
}

const modes: { value: ProgressFilterValues['mode']; label: string }[] = [
  { value: '', label: 'All practice' },
  { value: 'CONVERSATION', label: 'Conversations' },
  { value: 'SPEAKING_TEST', label: 'Speaking tests' },
  { value: 'DRILL', label: 'Interview questions' },
]
const spans: { value: ProgressFilterValues['weeks']; label: string }[] = [
  { value: '12', label: 'Last 12 weeks' },
  { value: '26', label: 'Last 26 weeks' },
  { value: '52', label: 'Last 52 weeks' },
]

export function ProgressFilters({
  value,
  onValue,
}: {
  value: ProgressFilterValues
  onValue: (value: ProgressFilterValues) => void
}) {
  return (
    <form class="progress__filters" aria-label="What to show" onSubmit={(event) => event.preventDefault()}>
      <SelectField
        label="Practice"
        value={value.mode}
        options={modes}
        onValue={(mode) => onValue({ ...value, mode: modes.find((each) => each.value === mode)?.value ?? '' })}
      />
      <SelectField
        label="Time"
        value={value.weeks}
        options={spans}
        onValue={(weeks) => onValue({ ...value, weeks: spans.find((each) => each.value === weeks)?.value ?? '12' })}
      />
    </form>
  )
}
