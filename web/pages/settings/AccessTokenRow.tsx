import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useRevokeAccessTokenMutation } from '../../gql/hooks.ts'
import type { AccessToken } from '../../hooks/use-access-tokens.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { scopeWords, toTokenLine } from './token-words.ts'

export function AccessTokenRow({ token, onRevoked }: { token: AccessToken; onRevoked: () => Promise<void> }) {
  const { preferences } = useViewer()
  const [isAsking, setIsAsking] = useState(false)
  const [revoke] = useRevokeAccessTokenMutation()
  const form = useFaultForm(
    async () => (await revoke({ variables: { id: token.id } })).data?.revokeAccessToken,
    onRevoked,
  )
  return (
    <li class="tokens__row">
      <div>
        <strong>{token.name}</strong>
        <p class="soft small">{token.scopes.map((scope) => scopeWords[scope]).join(' · ')}</p>
        <p class="faint small">{toTokenLine(token, preferences.timeZone)}</p>
      </div>
      {isAsking ? (
        <Notice
          tone="warning"
          action={
            <form class="button-row" onSubmit={form.submit}>
              <Button look="danger" type="submit" busy={form.isBusy}>
                Yes, revoke
              </Button>
              <Button look="quiet" onClick={() => setIsAsking(false)}>
                Keep it
              </Button>
            </form>
          }
        >
          Programs that use “{token.name}” stop working at once.
        </Notice>
      ) : (
        <Button aria-label={`Revoke ${token.name}`} onClick={() => setIsAsking(true)}>
          Revoke
        </Button>
      )}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </li>
  )
}
