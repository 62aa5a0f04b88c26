import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Dialog } from '../../components/Dialog.tsx'
import { Field } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useDeleteAccount } from '../../hooks/use-delete-account.ts'

/** The end of the account, with the password once more. */
export function DeleteAccount() {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
      <div>
        <Button look="danger" onClick={() => setIsAsking(true)}>
          Delete my account
        </Button>
      </div>
      {isAsking && <Question onClose={() => setIsAsking(false)} />}
    </>
  )
}

function Question({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const form = useDeleteAccount(password)
  return (
    <Dialog title="Delete your account?" onClose={onClose}>
      <form class="dialog__form" onSubmit={form.submit} noValidate>
        <p>
          Every session, recording, word and export of yours is deleted for good, and whatever you have published is
          gone at once. Export your data first if you want to keep it.
        </p>
        <Field
          label="Your password"
          type="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
          error={form.fields['password']}
          required
        />
        {form.message && <Notice tone="problem">{form.message}</Notice>}
        <div class="button-row">
          <Button look="danger" type="submit" busy={form.isBusy}>
            Delete my account for good
          </Button>
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
