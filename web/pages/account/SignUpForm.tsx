import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useSignUpMutation, useUpdateViewerMutation } from '../../gql/hooks.ts'
import { useAccountForm } from '../../hooks/use-account-form.ts'
import { useAccount } from '../../hooks/use-account.ts'

/** A new account; the first of an installation is its administrator's. */
export function SignUpForm({ headingId }: { headingId: string }) {
  const { installation } = useAccount()
  const [values, setValues] = useState({ name: '', email: '', password: '', setupCode: '' })
  const [signUp] = useSignUpMutation()
  const [updateViewer] = useUpdateViewerMutation()
  const form = useAccountForm(async () => {
    const input = { email: values.email, password: values.password, name: values.name.trim() || null, setupCode: values.setupCode.trim() || null }
    const answer = (await signUp({ variables: { input } })).data?.signUp
    // Days and streaks count where the learner lives. Should it fail, the settings still have it.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    if (answer?.__typename === 'SignUpPayload') await updateViewer({ variables: { input: { timeZone } } }).catch(() => undefined)
    return answer
  })
  const set = (field: keyof typeof values) => (value: string) => setValues((all) => ({ ...all, [field]: value }))
  const isFirst = !installation.hasAccounts
  return (
    <form class="account-form" onSubmit={form.submit} noValidate>
      <div>
        <h2 id={headingId}>{isFirst ? 'Set up Parley' : 'Create your account'}</h2>
        <p class="soft">{isFirst ? 'The first account looks after this installation.' : 'It takes half a minute.'}</p>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <Field label="Name" hint="What the partner may call you. You can leave it out." value={values.name} onValue={set('name')} autoComplete="name" name="name" error={form.fields['name']} />
      <Field label="Email" type="email" value={values.email} onValue={set('email')} autoComplete="email" name="email" required error={form.fields['email']} />
      <Field label="Password" type="password" hint="At least 8 characters." value={values.password} onValue={set('password')} autoComplete="new-password" name="password" required error={form.fields['password']} />
      {isFirst && installation.requiresSetupCode && (
        <Field label="Setup code" hint="It was printed where Parley was started." value={values.setupCode} onValue={set('setupCode')} name="setup-code" required error={form.fields['setupCode']} />
      )}
      <Button type="submit" look="primary" large busy={form.isBusy}>Create account</Button>
      {!isFirst && <p class="soft">Already have an account? <a href="/sign-in">Sign in</a></p>}
    </form>
  )
}
