import type { ComponentChildren, TargetedEvent } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './Icon.tsx'

export interface FieldProps {
  label: string
  type?: 'text' | 'email' | 'password'
  name?: string
  autoComplete?: string
  required?: boolean
  value: string
  onValue: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
}

/** A labelled input; what is wrong with it is read out with it. */
export function Field({
  label,
  value,
  onValue,
  hint,
  error,
  type = 'text',
  name,
  autoComplete = 'off',
  required = false,
}: FieldProps) {
  const id = useId()
  const shared = {
    id,
    class: 'input',
    name: name ?? id,
    autocomplete: autoComplete,
    required,
    value,
    onInput: (event: TargetedEvent<HTMLInputElement>) => onValue(event.currentTarget.value),
    'aria-invalid': error ? ('true' as const) : ('false' as const),
    'aria-describedby': describe(id, hint, error),
  }
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      {type === 'email' ? (
        <input {...shared} type="email" />
      ) : type === 'password' ? (
        <input {...shared} type="password" />
      ) : (
        <input {...shared} type="text" />
      )}
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}

export interface TextAreaFieldProps extends Pick<FieldProps, 'label' | 'value' | 'onValue' | 'hint' | 'error'> {
  maxLength: number
}

/** For more than a line. */
export function TextAreaField({ label, value, onValue, hint, error, maxLength }: TextAreaFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <textarea
        id={id}
        class="input"
        rows={5}
        maxLength={maxLength}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
        aria-invalid={error ? 'true' : 'false'}
        aria-describedby={describe(id, hint, error)}
      />
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}

export interface SelectFieldProps {
  /** Text, of which a part may be for the ear alone. */
  label: ComponentChildren
  value: string
  onValue: (value: string) => void
  options: readonly { value: string; label: string }[]
  hint?: string | undefined
  error?: string | undefined
  disabled?: boolean
}

export function SelectField({ label, value, onValue, options, hint, error, disabled = false }: SelectFieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
      </label>
      <div class="select">
        <select
          id={id}
          class="input"
          value={value}
          disabled={disabled}
          onChange={(event) => onValue(event.currentTarget.value)}
          aria-describedby={describe(id, hint, error)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </div>
      <FieldNotes id={id} hint={hint} error={error} />
    </div>
  )
}

export function SearchField({
  label,
  value,
  onValue,
  placeholder,
}: {
  label: string
  value: string
  onValue: (value: string) => void
  placeholder: string
}) {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
    </div>
  )
}

export function Switch({
  label,
  isOn,
  onChange,
  hint,
}: {
  label: ComponentChildren
  isOn: boolean
  onChange: (isOn: boolean) => void
  hint?: string
}) {
  const id = useId()
  return (
    <div>
      <label class="switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => onChange(event.currentTarget.checked)}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

function FieldNotes({ id, hint, error }: { id: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field__error" id={`${id}-error`}>
          <Icon name="alert" />
          <span>{error}</span>
        </p>
      )}
    </>
  )
}

function describe(id: string, hint: string | undefined, error: string | undefined): string | undefined {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
}
