import { Field, SelectField } from '../../components/Field.tsx'
import { useAccount } from '../../hooks/use-account.ts'
import {
  levelOptions,
  pauseOptions,
  speedOptions,
  timeZoneOptions,
  voiceOptions,
  type PreferenceValues,
} from './preference-options.ts'

export interface PreferenceFieldsProps {
  values: PreferenceValues
  onChange: (change: Partial<PreferenceValues>) => void
  errors: Record<string, string>
}

export function PreferenceFields({ values, onChange, errors }: PreferenceFieldsProps) {
  const { tier } = useAccount()
  const choose = (field: 'level' | 'pause' | 'speed' | 'voice' | 'timeZone') => ({
    value: values[field],
    onValue: (value: string) => onChange({ [field]: value }),
  })
  return (
    <div class="settings__pair">
      <Field
        label="Name"
        value={values.name}
        onValue={(name) => onChange({ name })}
        autoComplete="name"
        error={errors['name']}
      />
      <SelectField label="Your level" {...choose('level')} options={levelOptions} error={errors['level']} />
      <SelectField
        label="Pause before the partner answers"
        hint="Longer if you like to think while you speak."
        {...choose('pause')}
        options={pauseOptions}
        error={errors['endOfTurnPauseMs']}
      />
      <SelectField label="Partner’s speed" {...choose('speed')} options={speedOptions} error={errors['partnerSpeed']} />
      <SelectField
        label="Partner’s voice"
        {...choose('voice')}
        options={voiceOptions(tier, values.voice)}
        error={errors['voice']}
      />
      <SelectField
        label="Time zone"
        {...choose('timeZone')}
        options={timeZoneOptions(values.timeZone)}
        error={errors['timeZone']}
      />
    </div>
  )
}
