import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useChangePasswordMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

const empty = { currentPassword: '', newPassword: '' }

export function PasswordForm({ headingId }: { headingId: string }) {
  const [values, setValues] = useState(empty)
  const [changePassword] = useChangePasswordMutation()
  const form = useFaultForm(
    async () => (await changePassword({ variables: { input: values } })).data?.changePassword,
    () => setValues(empty),
  )
  return (
    <form class="settings__form" onSubmit={form.submit} noValidate>
      <h2 id={headingId}>Password</h2>
      <div class="settings__pair">
        <Field
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={values.currentPassword}
          onValue={(currentPassword) => setValues((all) => ({ ...all, currentPassword }))}
          error={form.fields['currentPassword']}
          required
        />
        <Field
          label="New password"
          type="password"
          autoComplete="new-password"
          hint="At least 8 characters."
          value={values.newPassword}
          onValue={(newPassword) => setValues((all) => ({ ...all, newPassword }))}
          error={form.fields['newPassword']}
          required
        />
      </div>
      {form.isDone && <Notice tone="good">Your password is changed.</Notice>}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div>
        <Button type="submit" busy={form.isBusy}>
          Change password
        </Button>
      </div>
    </form>
  )
}
