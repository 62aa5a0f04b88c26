import { toDate } from '../../components/format.ts'
import type { AttemptFragment, RepeatedTopicsQuery, RepeatedTopicsQueryVariables } from '../../gql/documents.ts'
import { useRepeatedTopicsQuery } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'
import { toAttemptNumbers } from './attempt-words.ts'
import { compareAttempts } from './compare-attempts.ts'

/** Topics shown. */
const mostTopics = 4
/** What is over; one that runs has nothing to compare yet. */
const variables: RepeatedTopicsQueryVariables = {
  filter: { modes: ['CONVERSATION'], statuses: ['ENDED', 'ABANDONED'] },
}

export interface RepeatedTopic {
  topic: { id: string; title: string }
  later: AttemptFragment
  earlier: AttemptFragment
}

/** The topics talked about more than once of late: the last attempt beside the one before. */
export function RepeatedTopics() {
  const { data } = useRepeatedTopicsQuery({ variables, fetchPolicy: 'cache-and-network' })
  if (!data) return null
  const topics = toRepeatedTopics(data).slice(0, mostTopics)
  return (
    <section class="progress__part" aria-labelledby="repeated-title">
      <h2 id="repeated-title">Topics you repeated</h2>
      {topics.length === 0 ? (
        <p class="soft">Talk about a topic a second time, and you will see both attempts here side by side.</p>
      ) : (
        <>
          <ul class="repeated">
            {topics.map((repeated) => (
              <li key={repeated.topic.id} class="card">
                <Comparison {...repeated} />
              </li>
            ))}
          </ul>
          <p class="small soft">
            Small differences mean little: the questions, the day and the microphone play a part.
          </p>
        </>
      )}
    </section>
  )
}

/** Newest first; of each topic only the last attempt and the one before. */
export function toRepeatedTopics(data: RepeatedTopicsQuery): RepeatedTopic[] {
  const seen = new Set<string>()
  return (data.viewer?.history.edges ?? []).flatMap(({ node }) => {
    if (node.__typename !== 'Conversation' || seen.has(node.topic.id)) return []
    seen.add(node.topic.id)
    return node.previousAttempt ? [{ topic: node.topic, later: node, earlier: node.previousAttempt }] : []
  })
}

function Comparison({ topic, later, earlier }: RepeatedTopic) {
  const { timeZone } = useViewer().preferences
  const dates = [later, earlier].map((attempt) => toDate(attempt.startedAt, timeZone))
  const before = toAttemptNumbers(earlier)
  return (
    <>
      <h3>{topic.title}</h3>
      <ul class="repeated__words">
        {compareAttempts(later, earlier, dates[1] ?? '').map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <table class="repeated__table">
        <caption class="hidden-visually">Both attempts at “{topic.title}”</caption>
        <thead>
          <tr>
            <td />
            {[later, earlier].map((attempt, index) => (
              <th key={attempt.id} scope="col">
                <a href={pathTo.session(attempt.id)}>
                  {index === 0 ? 'Last' : 'Before'}, {dates[index]}
                </a>
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="numeric">
          {toAttemptNumbers(later).map(([name, value], index) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{before[index]?.[1]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
