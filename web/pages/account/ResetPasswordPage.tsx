import { useLocation } from 'preact-iso'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useRedeemPasswordResetMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { useServices } from '../../hooks/use-services.ts'
import { pathTo } from '../../paths.ts'

/** Where a one-time link leads. Its token stands behind the number sign, where no server sees it. */
export function ResetPasswordPage() {
  const [token] = useState(() => location.hash.slice(1))
  const [email, setEmail] = useState<string | null>(null)
  useEffect(() => {
    document.title = 'New password · Parley'
  }, [])
  return (
    <section class="card account-card account-card--alone" aria-labelledby="reset-title">
      {email === null ? <NewPassword token={token} onDone={setEmail} /> : <Done email={email} />}
    </section>
  )
}

function NewPassword({ token, onDone }: { token: string; onDone: (email: string) => void }) {
  const [newPassword, setNewPassword] = useState('')
  const [redeem] = useRedeemPasswordResetMutation({ fetchPolicy: 'no-cache' })
  const form = useFaultForm(
    async () => {
      const answer = (await redeem({ variables: { input: { token, newPassword } } })).data?.redeemPasswordReset
      if (answer?.__typename === 'RedeemPasswordResetPayload') onDone(answer.email)
      return answer
    },
    undefined,
    (fault) => (fault.__typename === 'NotFoundFault' ? fault.message : undefined),
  )
  return (
    <form class="account-form" onSubmit={form.submit} noValidate>
      <div>
        <h1 id="reset-title">Choose a new password</h1>
        <p class="soft">It ends every sign-in of your account, on all devices.</p>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      {token === '' && (
        <Notice tone="problem">This address lacks its last part. Open the whole link that you were given.</Notice>
      )}
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        hint="At least 8 characters."
        value={newPassword}
        onValue={setNewPassword}
        error={form.fields['newPassword']}
        required
      />
      <Button type="submit" look="primary" large busy={form.isBusy} disabled={token === ''}>
        Set password
      </Button>
    </form>
  )
}

function Done({ email }: { email: string }) {
  const { connection } = useServices()
  const { route } = useLocation()
  const signIn = async (): Promise<void> => {
    route(pathTo.signIn, true)
    // Whoever was signed in here with this account no longer is.
    await connection.changeIdentity()
  }
  return (
    <div class="account-form">
      <h1 id="reset-title">Your new password holds</h1>
      <p class="soft">Sign in with it as {email}.</p>
      <Button look="primary" large onClick={() => void signIn()}>
        Sign in
      </Button>
    </div>
  )
}
