import { useRef, useState } from 'preact/hooks'
import { Button } from './Button.tsx'

/** A value to take along. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const field = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState<string | null>(null)
  const copy = async (): Promise<void> => {
    field.current?.select()
    try {
      await navigator.clipboard.writeText(value)
      setCopied('Copied.')
    } catch {
      // Pages over plain http have no clipboard.
      setCopied('It is selected: press Ctrl and C, or ⌘ and C, to copy it.')
    }
  }
  return (
    <>
      <div class="copy-field">
        <input
          ref={field}
          class="input numeric"
          aria-label={label}
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      {copied && <p class="small">{copied}</p>}
    </>
  )
}
