import { useState } from 'preact/hooks'
import { Button } from '../components/Button.tsx'
import { Field } from '../components/Field.tsx'
import { type Caller, findCaller } from './find-caller.ts'
import { describeFailure } from './post-graphql.ts'

/** Says in whose name requests are sent, and changes it. A token is kept by this page alone, and gone when it is left. */
export function CallerChoice({ caller, onChange }: { caller: Caller; onChange: (caller: Caller) => void }) {
  const [isOpen, setIsOpen] = useState(false)
  const change = (next: Caller): void => {
    setIsOpen(false)
    onChange(next)
  }
  const backToCookie = async (): Promise<void> => {
    const found = await findCaller(null).catch(() => null)
    change(found ?? { token: null, email: undefined })
  }
  return (
    <>
      <p class="api__who" role="status">
        {describe(caller)} {caller.token === null && caller.email === null && <a href="/sign-in">Sign in</a>}
      </p>
      {caller.token === null ? (
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          Use a token
        </Button>
      ) : (
        <Button look="quiet" onClick={() => void backToCookie()}>
          Drop the token
        </Button>
      )}
      {isOpen && <TokenForm onFound={change} />}
    </>
  )
}

function TokenForm({ onFound }: { onFound: (caller: Caller) => void }) {
  const [value, setValue] = useState('')
  const [error, setError] = useState<string | undefined>()
  const [isBusy, setIsBusy] = useState(false)
  const submit = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const found = await findCaller(value.trim())
      if (found) onFound(found)
      else setError('No account has this token: it is not complete, was revoked or has run out.')
    } catch (error) {
      setError(describeFailure(error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <form
      class="api__token"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Field
        label="Access token"
        type="password"
        required
        value={value}
        onValue={setValue}
        error={error}
        hint="Created in the settings. Kept by this page alone, until you leave it."
      />
      <Button look="primary" type="submit" busy={isBusy}>
        Use it
      </Button>
    </form>
  )
}

function describe({ token, email }: Caller): string {
  if (token !== null)
    return email === null ? 'With an access token that does not read' : `With an access token of ${email}`
  if (email === undefined) return 'As whoever is signed in here'
  return email === null ? 'Nobody is signed in.' : `Signed in as ${email}`
}
