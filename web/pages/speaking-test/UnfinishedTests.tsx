import { toDay } from '../../components/format.ts'
import { useUnfinishedTestsQuery } from '../../gql/hooks.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'

/** Tests that wait to be gone on with; nothing where there are none. */
export function UnfinishedTests() {
  const { preferences } = useViewer()
  const { data } = useUnfinishedTestsQuery({ fetchPolicy: 'cache-and-network' })
  const tests = (data?.viewer?.history.edges ?? []).flatMap(({ node }) =>
    node.__typename === 'SpeakingTest' ? [node] : [],
  )
  if (tests.length === 0) return null
  return (
    <section class="unfinished-tests" aria-labelledby="unfinished-tests-title">
      <h2 id="unfinished-tests-title">Go on with a test</h2>
      <ul class="history__list">
        {tests.map(({ id, title, level, startedAt, tasks }) => (
          <li key={id}>
            <a class="session" href={pathTo.test(id)}>
              <span class="session__main">
                <span class="session__title">{title}</span>
                <span class="session__facts soft small">
                  <span class="numeric">
                    {tasks.filter(({ status }) => status === 'DONE').length} of {tasks.length} tasks
                  </span>
                  <span>started {toDay(startedAt, preferences.timeZone).replace(/^(Today|Yesterday)$/u, toLower)}</span>
                </span>
              </span>
              <span class="session__side">
                {level && <span class="badge badge--level">{level}</span>}
                <span class="badge badge--good">Resume</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function toLower(word: string): string {
  return word.toLowerCase()
}
