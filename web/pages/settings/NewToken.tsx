import { useRef, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'

/** A token's value, for as long as the page is open. */
export function NewToken({ name, value }: { name: string; value: string }) {
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
    <Notice tone="good">
      <p>
        <strong>“{name}” is ready.</strong> Copy it now: it is not shown again.
      </p>
      <div class="tokens__value">
        <input
          ref={field}
          class="input numeric"
          aria-label="Value of the new token"
          value={value}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button look="primary" onClick={() => void copy()}>
          Copy
        </Button>
      </div>
      {copied && <p class="small">{copied}</p>}
    </Notice>
  )
}
