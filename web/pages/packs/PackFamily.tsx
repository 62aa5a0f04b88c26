import { useId, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import type { PackPartsFragment } from '../../gql/documents.ts'
import { CompareVersions } from './CompareVersions.tsx'
import { PackVersion } from './PackVersion.tsx'

export interface PackFamilyProps {
  name: string
  /** The last uploaded first; at least one. */
  versions: readonly PackPartsFragment[]
  active: PackPartsFragment | null
}

/** All versions of one pack. */
export function PackFamily({ name, versions, active }: PackFamilyProps) {
  const [isComparing, setIsComparing] = useState(false)
  const titleId = useId()
  const [latest] = versions
  return (
    <section class="card pack" aria-labelledby={titleId}>
      <div class="pack__head">
        <div>
          <h2 id={titleId}>{latest?.title ?? name}</h2>
          {latest?.description && <p class="soft">{latest.description}</p>}
        </div>
        {versions.length > 1 && (
          <Button look="quiet" aria-expanded={isComparing} onClick={() => setIsComparing(!isComparing)}>
            Compare versions
          </Button>
        )}
      </div>
      {isComparing && <CompareVersions versions={versions} />}
      <ul class="rows">
        {versions.map((pack) => (
          <li key={pack.id}>
            <PackVersion pack={pack} active={active} />
          </li>
        ))}
      </ul>
    </section>
  )
}
