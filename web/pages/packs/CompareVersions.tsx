import { useState } from 'preact/hooks'
import { SelectField } from '../../components/Field.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { PackPartsFragment, QuestionPartsFragment } from '../../gql/documents.ts'
import { usePackQuestionsQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { comparePacks } from './compare-packs.ts'
import { PackDifferences } from './PackDifferences.tsx'

/** What is different between two versions; at first, between the last two. */
export function CompareVersions({ versions }: { versions: readonly PackPartsFragment[] }) {
  const [afterId, setAfterId] = useState(versions[0]?.id ?? '')
  const [beforeId, setBeforeId] = useState(versions[1]?.id ?? '')
  const options = versions.map(({ id, version }) => ({ value: id, label: version }))
  const before = usePackQuestionsQuery({ variables: { id: beforeId } })
  const after = usePackQuestionsQuery({ variables: { id: afterId } })
  const [former, latter] = [questionsOf(before.data), questionsOf(after.data)]
  const error = before.error ?? after.error
  return (
    <div class="pack-compare">
      <div class="settings__pair">
        <SelectField label="From version" value={beforeId} onValue={setBeforeId} options={options} />
        <SelectField label="To version" value={afterId} onValue={setAfterId} options={options} />
      </div>
      {error && <Notice tone="problem">{describeError(error)}</Notice>}
      {!error && !(former && latter) && <Loading label="Comparing" rows={1} />}
      {former && latter && <PackDifferences difference={comparePacks(former, latter)} />}
    </div>
  )
}

function questionsOf(data: ReturnType<typeof usePackQuestionsQuery>['data']): QuestionPartsFragment[] | null {
  return data?.node?.__typename === 'ContentPack' ? data.node.questions : null
}
