import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useChangePasswordMutation } from '../../gql/hooks.ts'
import { describeError, describeFault, isFault, type FaultText } from '../../graphql/faults.ts'

const empty = { currentPassword: '', newPassword: '' }

export function PasswordForm({ headingId }: { headingId: string }) {
  const [values, setValues] = useState(empty)
  const [changePassword, { loading }] = useChangePasswordMutation()
  const [outcome, setOutcome] = useState<FaultText | 'changed' | null>(null)
  const submit = async (): Promise<void> => {
    try {
      const result = (await changePassword({ variables: { input: values } })).data?.changePassword
      if (result && isFault(result)) return setOutcome(describeFault(result))
      setValues(empty)
      setOutcome('changed')
    } catch (error) {
      setOutcome({ message: describeError(error), fields: {} })
    }
  }
  const errors: Record<string, string> = outcome && outcome !== 'changed' ? outcome.fields : {}
  return (
    <form class="settings__form" onSubmit={(event) => { event.preventDefault(); void submit() }} noValidate>
      <h2 id={headingId}>Password</h2>
      <div class="settings__pair">
        <Field label="Current password" type="password" autoComplete="current-password" value={values.currentPassword} onValue={(currentPassword) => setValues((all) => ({ ...all, currentPassword }))} error={errors['currentPassword']} required />
        <Field label="New password" type="password" autoComplete="new-password" hint="At least 8 characters." value={values.newPassword} onValue={(newPassword) => setValues((all) => ({ ...all, newPassword }))} error={errors['newPassword']} required />
      </div>
      {outcome === 'changed' && <Notice tone="good">Your password is changed.</Notice>}
      {outcome && outcome !== 'changed' && <Notice tone="problem">{outcome.message}</Notice>}
      <div><Button type="submit" busy={loading}>Change password</Button></div>
    </form>
  )
}
