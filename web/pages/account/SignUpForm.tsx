import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useAccountForm } from '../../hooks/use-account-form.ts'
import { useAccount } from '../../hooks/use-account.ts'
import { emptySignUp, useSignUp } from '../../hooks/use-sign-up.ts'

/** A new account; the first of an installation is its administrator's. */
export function SignUpForm({ headingId }: { headingId: string }) {
  const { installation } = useAccount()
  const [values, setValues] = useState(emptySignUp)
  const signUp = useSignUp()
  const form = useAccountForm(() => signUp(values))
  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    onValue: (value: string) => setValues((all) => ({ ...all, [name]: value })),
    error: form.fields[name],
  })
  const isFirst = !installation.hasAccounts
  return (
    <form class="account-form" onSubmit={form.submit} noValidate>
      <div>
        <h2 id={headingId}>{isFirst ? 'Set up Parley' : 'Create your account'}</h2>
        <p class="soft">{isFirst ? 'The first account looks after this installation.' : 'It takes half a minute.'}</p>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <Field
        label="Name"
        hint="What the partner may call you. You can leave it out."
        {...field('name')}
        autoComplete="name"
      />
      <Field label="Email" type="email" {...field('email')} autoComplete="email" required />
      <Field
        label="Password"
        type="password"
        hint="At least 8 characters."
        {...field('password')}
        autoComplete="new-password"
        required
      />
      {isFirst && installation.requiresSetupCode && (
        <Field label="Setup code" hint="It was printed where Parley was started." {...field('setupCode')} required />
      )}
      <Button type="submit" look="primary" large busy={form.isBusy}>
        Create account
      </Button>
      {!isFirst && (
        <p class="soft">
          Already have an account? <a href="/sign-in">Sign in</a>
        </p>
      )}
    </form>
  )
}
