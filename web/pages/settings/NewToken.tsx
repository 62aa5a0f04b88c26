import { CopyField } from '../../components/CopyField.tsx'
import { Notice } from '../../components/Notice.tsx'

/** A token's value, for as long as the page is open. */
export function NewToken({ name, value }: { name: string; value: string }) {
  return (
    <Notice tone="good">
      <p>
        <strong>“{name}” is ready.</strong> Copy it now: it is not shown again.
      </p>
      <CopyField label="Value of the new token" value={value} />
    </Notice>
  )
}
