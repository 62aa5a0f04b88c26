import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useSignInMutation } from '../../gql/hooks.ts'
import { useAccountForm } from '../../hooks/use-account-form.ts'

/** Shown at whatever address a visitor came to: after signing in they are there. */
export function SignInPage() {
  const [values, setValues] = useState({ email: '', password: '' })
  const [signIn] = useSignInMutation()
  const form = useAccountForm(async () => (await signIn({ variables: { input: values } })).data?.signIn)
  useEffect(() => {
    document.title = 'Sign in · Parley'
  }, [])
  return (
    <section class="card account-card account-card--alone" aria-labelledby="sign-in-title">
      <form class="account-form" onSubmit={form.submit} noValidate>
        <div>
          <h1 id="sign-in-title">Welcome back</h1>
          <p class="soft">Sign in to go on practising.</p>
        </div>
        {form.message && <Notice tone="problem">{form.message}</Notice>}
        <Field
          label="Email"
          type="email"
          value={values.email}
          onValue={(email) => setValues((all) => ({ ...all, email }))}
          autoComplete="email"
          name="email"
          required
        />
        <Field
          label="Password"
          type="password"
          value={values.password}
          onValue={(password) => setValues((all) => ({ ...all, password }))}
          autoComplete="current-password"
          name="password"
          required
        />
        <Button type="submit" look="primary" large busy={form.isBusy}>
          Sign in
        </Button>
        <p class="soft">
          New here? <a href="/sign-up">Create an account</a>
        </p>
      </form>
    </section>
  )
}
