import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Switch } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useUpdateViewerMutation } from '../../gql/hooks.ts'
import type { ViewerParts } from '../../hooks/use-account.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { fromPreferences, toUpdate } from './preference-options.ts'
import { PreferenceFields } from './PreferenceFields.tsx'

/** How the partner treats this learner. It holds from the next conversation on. */
export function PreferencesForm({ headingId, viewer }: { headingId: string; viewer: ViewerParts }) {
  const [values, setValues] = useState(() => fromPreferences(viewer))
  const [updateViewer] = useUpdateViewerMutation()
  const form = useFaultForm(
    async () => (await updateViewer({ variables: { input: toUpdate(values) } })).data?.updateViewer,
  )
  const change = (next: Partial<typeof values>): void => {
    form.reset()
    setValues((all) => ({ ...all, ...next }))
  }
  return (
    <form class="settings__form" onSubmit={form.submit} noValidate>
      <div>
        <h2 id={headingId}>You and your partner</h2>
        <p class="soft">Changes hold from your next conversation on.</p>
      </div>
      <PreferenceFields values={values} onChange={change} errors={form.fields} />
      <Switch
        label="Show captions while talking"
        isOn={values.captions}
        onChange={(captions) => change({ captions })}
      />
      {form.isDone && <Notice tone="good">Your settings are saved.</Notice>}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div>
        <Button type="submit" look="primary" busy={form.isBusy}>
          Save settings
        </Button>
      </div>
    </form>
  )
}
