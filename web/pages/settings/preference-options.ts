import type { CefrLevel, PartnerTier, UpdateViewerInput } from '../../gql/documents.ts'
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
  { value: '500', label: 'Very short (0.5 s)' },
  { value: '800', label: 'Short (0.8 s)' },
  { value: '1200', label: 'Medium (1.2 s)' },
  { value: '1500', label: 'Rather long (1.5 s)' },
  { value: '1800', label: 'Long (1.8 s)' },
  { value: '2500', label: 'Very long (2.5 s)' },
  { value: '3500', label: 'Time to think (3.5 s)' },
  { value: '5000', label: 'Plenty of time (5 s)' },
]

export const speedOptions: readonly Option[] = [
  { value: '', label: 'By level (slower for beginners)' },
  { value: '0.75', label: 'Very slow' },
  { value: '0.8', label: 'Slow' },
  { value: '0.85', label: 'Rather slow' },
  { value: '0.9', label: 'A little slower than normal' },
  { value: '1', label: 'Normal' },
]

/** The built-in partner has two voices, under the provider's names for such. */
const builtInVoices: readonly Option[] = [
  { value: 'marin', label: 'A woman’s voice' },
  { value: 'cedar', label: 'A man’s voice' },
]

const providerVoices = ['marin', 'cedar', 'alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse']

/** What there is to choose from here; a voice that was set otherwise stays choosable. */
export function voiceOptions(tier: PartnerTier, current: string | null): Option[] {
  const offered = tier === 'FREE_CONVERSATION' ? providerVoices.map(toOption) : builtInVoices
  const isOther = current && !offered.some((option) => option.value === current)
  return [{ value: '', label: 'Parley’s choice' }, ...(isOther ? [toOption(current)] : []), ...offered]
}

function toOption(name: string): Option {
  return { value: name, label: name.charAt(0).toUpperCase() + name.slice(1) }
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
