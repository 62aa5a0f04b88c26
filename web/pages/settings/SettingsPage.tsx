import { Button } from '../../components/Button.tsx'
import { Page } from '../../components/Page.tsx'
import { useSignOutMutation } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useServices } from '../../hooks/use-services.ts'
import { useStore } from '../../hooks/use-store.ts'
import { AccountLinks } from './AccountLinks.tsx'
import { AccessTokens } from './AccessTokens.tsx'
import { DeleteAccount } from './DeleteAccount.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { PreferencesForm } from './PreferencesForm.tsx'
import { YourData } from './YourData.tsx'

export function SettingsPage() {
  const viewer = useViewer()
  const { connection, liveSession } = useServices()
  const running = useStore(liveSession)
  const isTalking = running !== null && running.store.get().phase !== 'saved'
  const [signOut, { loading }] = useSignOutMutation()
  const leave = async (): Promise<void> => {
    await signOut()
    await connection.changeIdentity()
  }
  return (
    <Page title="Settings">
      <div class="settings">
        <section class="card" aria-labelledby="preferences-title">
          <PreferencesForm headingId="preferences-title" viewer={viewer} />
        </section>
        <section class="card" aria-labelledby="password-title">
          <PasswordForm headingId="password-title" />
        </section>
        <section class="card" aria-labelledby="tokens-title">
          <AccessTokens headingId="tokens-title" />
        </section>
        <section class="card" aria-labelledby="data-title">
          <YourData headingId="data-title" />
        </section>
        <section class="card settings__form" aria-labelledby="account-title">
          <div>
            <h2 id="account-title">Account</h2>
            <p class="soft">
              Signed in as {viewer.email}
              {viewer.role === 'ADMIN' ? ', administrator' : ''}.
            </p>
          </div>
          <AccountLinks />
          <div class="button-row">
            <Button icon="sign-out" busy={loading} disabled={isTalking} onClick={() => void leave()}>
              Sign out
            </Button>
            {isTalking && <p class="faint small">End the running conversation first.</p>}
          </div>
          <DeleteAccount />
        </section>
      </div>
    </Page>
  )
}
