import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { toDuration } from '../../components/format.ts'
import type { PackPartsFragment, QuestionPartsFragment } from '../../gql/documents.ts'
import { usePackQuestionsQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { pathTo } from '../../paths.ts'

/** What a version asks. Its questions can be tried before it is activated, and not any more once it is archived. */
export function PackQuestions({ pack }: { pack: PackPartsFragment }) {
  const { data, error } = usePackQuestionsQuery({ variables: { id: pack.id } })
  if (error) return <Notice tone="problem">{describeError(error)}</Notice>
  if (data?.node?.__typename !== 'ContentPack') return <Loading label="Loading the questions" rows={1} />
  const byCategory = Map.groupBy(data.node.questions, ({ category }) => category)
  return (
    <div class="row__wide pack-questions">
      {pack.status === 'DRAFT' && (
        <p class="soft small">Try a question as a learner would: answer it, and see its score.</p>
      )}
      {[...byCategory].map(([category, questions]) => (
        <section key={category} aria-label={category}>
          <h3>{category}</h3>
          <ul>
            {questions.map((question) => (
              <li key={question.id}>
                <Question question={question} canTry={pack.status !== 'ARCHIVED'} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Question({ question, canTry }: { question: QuestionPartsFragment; canTry: boolean }) {
  const { id, prompt, expectedDurationSeconds } = question
  return (
    <>
      {canTry ? <a href={pathTo.question(id)}>{prompt}</a> : prompt}{' '}
      <span class="faint small numeric">{toDuration(expectedDurationSeconds).replaceAll(' ', '\u00a0')}</span>
    </>
  )
}
