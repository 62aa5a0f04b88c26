import type { QuestionPartsFragment } from '../../gql/documents.ts'

/** What a good answer does, for whoever wants to know before answering. */
export function QuestionCriteria({ question }: { question: Pick<QuestionPartsFragment, 'evaluationCriteria'> }) {
  return (
    <details class="explain">
      <summary>What a good answer does</summary>
      <ul class="criteria">
        {question.evaluationCriteria.map((criterion) => (
          <li key={criterion}>{criterion}</li>
        ))}
      </ul>
    </details>
  )
}
