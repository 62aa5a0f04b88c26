import type { CefrLevel, UpdateViewerInput } from '../../gql/documents.ts'
import type { ViewerParts } from '../../hooks/use-account.ts'

interface Option {
  value: string
  label: string
}

/** A form's values: text throughout, empty where the learner leaves the choice to Parley. */
export interface PreferenceValues {
  name: string
  level: string
  pause: string
  speed: string
  voice: string
  timeZone: string
  captions: boolean
}

const levels: readonly CefrLevel[] = ['A1', 'A2', 'B1', 'B2', 'C1', 'C2']

export const levelOptions: readonly Option[] = [
  { value: '', label: 'Not sure yet' },
  ...levels.map((level) => ({ value: level, label: level })),
]

export const pauseOptions: readonly Option[] = [
  { value: '', label: 'By level (longer for beginners)' },
  ...[500, 800, 1_200, 1_600, 2_000, 3_000, 5_000].map((ms) => ({ value: String(ms), label: `${ms / 1_000} s` })),
]

export const speedOptions: readonly Option[] = [
  { value: '', label: 'By level (slower for beginners)' },
  ...[0.75, 0.8, 0.85, 0.9, 1].map((speed) => ({
    value: String(speed),
    label: speed === 1 ? 'Normal' : `${Math.round(speed * 100)} %`,
  })),
]

/** The provider's voices; one that was set otherwise stays choosable. */
export function voiceOptions(current: string | null): Option[] {
  const names = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse']
  const all = current && !names.includes(current) ? [current, ...names] : names
  return [
    { value: '', label: 'Parley’s choice' },
    ...all.map((name) => ({ value: name, label: name.charAt(0).toUpperCase() + name.slice(1) })),
  ]
}

export function timeZoneOptions(current: string): Option[] {
  const known = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  return [...new Set([current, 'UTC', ...known])].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

export function fromPreferences({ name, preferences }: Pick<ViewerParts, 'name' | 'preferences'>): PreferenceValues {
  return {
    name: name ?? '',
    level: preferences.level ?? '',
    pause: preferences.endOfTurnPauseMs === null ? '' : nearest(preferences.endOfTurnPauseMs, pauseOptions),
    speed: preferences.partnerSpeed === null ? '' : nearest(preferences.partnerSpeed, speedOptions),
    voice: preferences.voice ?? '',
    timeZone: preferences.timeZone,
    captions: preferences.captions,
  }
}

export function toUpdate(values: PreferenceValues): UpdateViewerInput {
  return {
    name: values.name.trim() || null,
    level: levels.find((level) => level === values.level) ?? null,
    endOfTurnPauseMs: values.pause === '' ? null : Number(values.pause),
    partnerSpeed: values.speed === '' ? null : Number(values.speed),
    voice: values.voice || null,
    timeZone: values.timeZone,
    captions: values.captions,
  }
}

/** A value set elsewhere (by the API) shows as the nearest choice. */
function nearest(value: number, options: readonly Option[]): string {
  const distance = (option: Option): number => Math.abs(Number(option.value) - value)
  return options
    .filter((option) => option.value !== '')
    .reduce((best, option) => (distance(option) < distance(best) ? option : best)).value
}
