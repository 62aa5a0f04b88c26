import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { toDay, toTime } from '../../components/format.ts'
import { Notice } from '../../components/Notice.tsx'
import type { UserPartsFragment } from '../../gql/documents.ts'
import { useResetUserPasswordMutation } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

interface OneTimeLink {
  url: string
  expiresAt: string
}

/** A link to a new password, for the administrator to hand over. It is shown here and nowhere again. */
export function PasswordLink({ user }: { user: UserPartsFragment }) {
  const [link, setLink] = useState<OneTimeLink | null>(null)
  const [resetPassword] = useResetUserPasswordMutation({ fetchPolicy: 'no-cache' })
  const form = useFaultForm(async () => {
    const answer = (await resetPassword({ variables: { userId: user.id } })).data?.resetUserPassword
    if (answer?.__typename === 'ResetUserPasswordPayload') setLink(answer)
    return answer
  })
  if (link) return <LinkToHandOver link={link} />
  return (
    <div class="row__wide">
      <p class="soft">
        You get a link that sets a new password once, to hand to {user.email}. The old password holds until it is used.
      </p>
      <div>
        <Button look="primary" busy={form.isBusy} onClick={form.submit}>
          Make a link
        </Button>
      </div>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </div>
  )
}

function LinkToHandOver({ link }: { link: OneTimeLink }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  const { timeZone } = useViewer().preferences
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link.url)
      setCopied('yes')
    } catch {
      // No permission, or an address without TLS: the text can be marked by hand.
      setCopied('failed')
    }
  }
  return (
    <div class="row__wide">
      <p>
        Hand this link over in private. It is shown only now, works once, and ends {toDay(link.expiresAt, timeZone)} at{' '}
        {toTime(link.expiresAt, timeZone)}.
      </p>
      <div class="button-row one-time-link">
        <input
          class="input"
          type="text"
          readOnly
          aria-label="One-time link"
          value={link.url}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => void copy()}>Copy</Button>
      </div>
      {copied === 'yes' && <Notice tone="good">Copied.</Notice>}
      {copied === 'failed' && <Notice tone="problem">Your browser did not allow it. Mark the link and copy it.</Notice>}
    </div>
  )
}
