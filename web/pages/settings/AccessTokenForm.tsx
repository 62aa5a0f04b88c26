import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Field, SelectField, Switch } from '../../components/Field.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { TokenScope } from '../../gql/documents.ts'
import { useCreateAccessTokenMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'
import { expiryOptions, scopes, scopeWords } from './token-words.ts'

interface Values {
  name: string
  scopes: readonly TokenScope[]
  expiresInDays: string
}

const empty: Values = { name: '', scopes: ['HISTORY_READ'], expiresInDays: '90' }

/** `onCreated` gets the value, which the server tells only now. */
export function AccessTokenForm({
  onCreated,
}: {
  onCreated: (token: { name: string; value: string }) => Promise<void>
}) {
  const [values, setValues] = useState(empty)
  const [createAccessToken] = useCreateAccessTokenMutation()
  const form = useFaultForm(async () => {
    const answer = (await createAccessToken({ variables: { input: toInput(values) } })).data?.createAccessToken
    if (answer?.__typename === 'CreateAccessTokenPayload') {
      setValues(empty)
      await onCreated({ name: answer.accessToken.name, value: answer.value })
    }
    return answer
  })
  const change = (next: Partial<Values>): void => {
    form.reset()
    setValues((all) => ({ ...all, ...next }))
  }
  return (
    <form class="settings__form" onSubmit={form.submit} noValidate>
      <h3>New access token</h3>
      <div class="settings__pair">
        <Field
          label="Name of the token"
          hint="What will use it, such as “Charts at home”."
          value={values.name}
          onValue={(name) => change({ name })}
          error={form.fields['name']}
          required
        />
        <SelectField
          label="Runs out"
          value={values.expiresInDays}
          onValue={(expiresInDays) => change({ expiresInDays })}
          options={expiryOptions}
          error={form.fields['expiresInDays']}
        />
      </div>
      <ScopeChoice chosen={values.scopes} onChange={(chosen) => change({ scopes: chosen })} />
      {form.fields['scopes'] && <Notice tone="problem">{form.fields['scopes']}</Notice>}
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      <div>
        <Button type="submit" busy={form.isBusy}>
          Create token
        </Button>
      </div>
    </form>
  )
}

function ScopeChoice({
  chosen,
  onChange,
}: {
  chosen: readonly TokenScope[]
  onChange: (chosen: readonly TokenScope[]) => void
}) {
  const choose = (scope: TokenScope, isOn: boolean): void =>
    onChange(scopes.filter((one) => (one === scope ? isOn : chosen.includes(one))))
  return (
    <fieldset class="tokens__scopes">
      <legend class="field__label">It may</legend>
      {scopes.map((scope) => (
        <Switch
          key={scope}
          label={scopeWords[scope]}
          isOn={chosen.includes(scope)}
          onChange={(isOn) => choose(scope, isOn)}
        />
      ))}
    </fieldset>
  )
}

function toInput(values: Values) {
  const expiresInDays = values.expiresInDays === 'never' ? null : Number(values.expiresInDays)
  return { requestId: crypto.randomUUID(), name: values.name, scopes: [...values.scopes], expiresInDays }
}
