import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field, SelectField, Switch } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { UpdateViewerInput } from '../../gql/documents.ts'
import { useUpdateViewerMutation } from '../../gql/hooks.ts'
import { describeError, describeFault, isFault, type FaultText } from '../../graphql/faults.ts'
import type { ViewerParts } from '../../hooks/use-account.ts'
import { fromPreferences, levelOptions, pauseOptions, speedOptions, timeZoneOptions, toUpdate, voiceOptions } from './preference-options.ts'

/** How the partner treats this learner. It holds from the next conversation on. */
export function PreferencesForm({ headingId, viewer }: { headingId: string; viewer: ViewerParts }) {
  const [values, setValues] = useState(() => fromPreferences(viewer))
  const [updateViewer, { loading }] = useUpdateViewerMutation()
  const [outcome, setOutcome] = useState<FaultText | 'saved' | null>(null)
  const set = <K extends keyof typeof values>(field: K) => (value: (typeof values)[K]): void => {
    setOutcome(null)
    setValues((all) => ({ ...all, [field]: value }))
  }
  const save = async (input: UpdateViewerInput): Promise<void> => {
    try {
      const result = (await updateViewer({ variables: { input } })).data?.updateViewer
      setOutcome(result && isFault(result) ? describeFault(result) : 'saved')
    } catch (error) {
      setOutcome({ message: describeError(error), fields: {} })
    }
  }
  const errors: Record<string, string> = outcome && outcome !== 'saved' ? outcome.fields : {}
  return (
    <form class="settings__form" onSubmit={(event) => { event.preventDefault(); void save(toUpdate(values)) }} noValidate>
      <div>
        <h2 id={headingId}>You and your partner</h2>
        <p class="soft">Changes hold from your next conversation on.</p>
      </div>
      <div class="settings__pair">
        <Field label="Name" value={values.name} onValue={set('name')} autoComplete="name" error={errors['name']} />
        <SelectField label="Your level" value={values.level} onValue={set('level')} options={levelOptions} error={errors['level']} />
        <SelectField label="Pause before the partner answers" hint="Longer if you like to think while you speak." value={values.pause} onValue={set('pause')} options={pauseOptions} error={errors['endOfTurnPauseMs']} />
        <SelectField label="Partner’s speed" value={values.speed} onValue={set('speed')} options={speedOptions} error={errors['partnerSpeed']} />
        <SelectField label="Partner’s voice" value={values.voice} onValue={set('voice')} options={voiceOptions(viewer.preferences.voice)} error={errors['voice']} />
        <SelectField label="Time zone" value={values.timeZone} onValue={set('timeZone')} options={timeZoneOptions(values.timeZone)} error={errors['timeZone']} />
      </div>
      <Switch label="Show captions while talking" isOn={values.captions} onChange={set('captions')} />
      {outcome === 'saved' && <Notice tone="good">Your settings are saved.</Notice>}
      {outcome && outcome !== 'saved' && <Notice tone="problem">{outcome.message}</Notice>}
      <div><Button type="submit" look="primary" busy={loading}>Save settings</Button></div>
    </form>
  )
}
