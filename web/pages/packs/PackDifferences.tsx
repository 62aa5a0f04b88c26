import type { QuestionPartsFragment } from '../../gql/documents.ts'
import type { ChangedQuestion, PackDifference } from './compare-packs.ts'

export function PackDifferences({ difference }: { difference: PackDifference }) {
  const { added, removed, changed, sameCount } = difference
  return (
    <>
      <p role="status" class="soft">
        {added.length} added, {removed.length} removed, {changed.length} changed, {sameCount} the same
      </p>
      <QuestionList title="Added" questions={added} />
      <QuestionList title="Removed" questions={removed} />
      {changed.length > 0 && (
        <section class="pack-changes">
          <h3>Changed</h3>
          <ul class="rows">
            {changed.map((each) => (
              <li key={each.question.key} class="row">
                <Changes {...each} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function QuestionList({ title, questions }: { title: string; questions: readonly QuestionPartsFragment[] }) {
  if (questions.length === 0) return null
  return (
    <section class="pack-changes">
      <h3>{title}</h3>
      <ul class="rows" aria-label={title}>
        {questions.map(({ key, prompt, category }) => (
          <li key={key} class="row">
            <span class="row__main">
              <span>{prompt}</span>
              <span class="faint small">{category}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Changes({ question, changes }: ChangedQuestion) {
  return (
    <div class="row__main">
      <span class="row__title">{question.prompt}</span>
      <dl class="pack-change">
        {changes.map(({ what, before, after }) => (
          <div key={what}>
            <dt class="faint small">{what}</dt>
            <dd>
              <del>{before}</del>
            </dd>
            <dd>
              <ins>{after}</ins>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
