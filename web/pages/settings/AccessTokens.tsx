import { useState } from 'preact/hooks'
import { Notice } from '../../components/Notice.tsx'
import { useAccessTokens } from '../../hooks/use-access-tokens.ts'
import { pathTo } from '../../paths.ts'
import { AccessTokenForm } from './AccessTokenForm.tsx'
import { AccessTokenRow } from './AccessTokenRow.tsx'
import { NewToken } from './NewToken.tsx'

/** What programs sign in with in the viewer's name: made here, looked after here, ended here. */
export function AccessTokens({ headingId }: { headingId: string }) {
  const { tokens, hasFailed, reload } = useAccessTokens()
  const [created, setCreated] = useState<{ name: string; value: string } | null>(null)
  return (
    <div class="settings__form">
      <div>
        <h2 id={headingId}>Access tokens</h2>
        <p class="soft">
          A program of yours can use Parley in your name with an access token. It can do only what you choose, and never
          change your account.{' '}
          <a href={pathTo.api} target="_blank">
            Look at the API and try it
          </a>{' '}
          (opens a new window).
        </p>
      </div>
      {created && <NewToken {...created} />}
      {tokens === null && hasFailed && (
        <Notice tone="problem">Your access tokens could not be loaded. Open this page again in a moment.</Notice>
      )}
      {tokens !== null && tokens.length > 0 && (
        <ul class="tokens">
          {tokens.map((token) => (
            <AccessTokenRow key={token.id} token={token} onRevoked={reload} />
          ))}
        </ul>
      )}
      <AccessTokenForm
        onCreated={async (token) => {
          setCreated(token)
          await reload()
        }}
      />
    </div>
  )
}
