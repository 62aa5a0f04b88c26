import { useState } from 'preact/hooks'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Icon } from '../../components/Icon.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { SearchField } from '../../components/Field.tsx'
import { Button } from '../../components/Button.tsx'
import type { CefrLevel } from '../../gql/documents.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { useTopics, type TopicCard } from '../../hooks/use-topics.ts'
import { pathTo } from '../../paths.ts'
import { LevelTabs, levelNames } from './LevelTabs.tsx'

/** What to talk about today: one suggestion, and every topic by level. */
export function PractisePage() {
  const { preferences, name } = useViewer()
  const { topics, levels, isLoading, error, refetch } = useTopics()
  const [chosen, setChosen] = useState<CefrLevel | null>(null)
  const [search, setSearch] = useState('')
  const level = chosen ?? startLevel(levels, preferences.level)
  const words = search.trim().toLowerCase()
  const shown = words === '' ? topics.filter((topic) => topic.difficulty === level) : topics.filter((topic) => matches(topic, words))
  const suggested = topics.find((topic) => topic.difficulty === level)
  return (
    <Page title={name ? `What shall we talk about, ${name}?` : 'What shall we talk about?'} tabTitle="Practise" lead="Pick a topic. Your partner starts, and waits for you.">
      {error && <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>{describeError(error)}</Notice>}
      {isLoading && <Loading label="Loading topics" />}
      {!isLoading && !error && topics.length === 0 && <EmptyState icon="practise" title="No topics yet">The administrator of this installation has not added any topics.</EmptyState>}
      {topics.length > 0 && (
        <>
          {words === '' && suggested && <Suggestion topic={suggested} />}
          <section class="topics" aria-label="Topics">
            <div class="topics__tools">
              <LevelTabs levels={levels} value={words === '' ? level : null} onValue={(next) => { setChosen(next); setSearch('') }} />
              <SearchField label="Search topics" placeholder="Search all levels" value={search} onValue={setSearch} />
            </div>
            <h2>{words === '' ? levelNames[level] : `Results for “${search.trim()}”`}</h2>
            <ul class="topics__grid">
              {shown.map((topic) => <li key={topic.id}><TopicLink topic={topic} /></li>)}
            </ul>
            {shown.length === 0 && <EmptyState icon="search" title="Nothing found" action={<Button onClick={() => setSearch('')}>Show all topics</Button>}>Try another word, or look through the levels.</EmptyState>}
          </section>
        </>
      )}
    </Page>
  )
}

function Suggestion({ topic }: { topic: TopicCard }) {
  return (
    <section class="suggestion" aria-label="Suggested for you">
      <div class="suggestion__words">
        <span class="badge badge--level">{topic.difficulty}</span>
        <h2>{topic.title}</h2>
        {topic.promptHint && <p class="soft">{topic.promptHint}</p>}
      </div>
      <a class="button button--primary button--large" href={pathTo.topic(topic.id)}><Icon name="mic" />Practise</a>
    </section>
  )
}

function TopicLink({ topic }: { topic: TopicCard }) {
  return (
    <a class="topic" href={pathTo.topic(topic.id)}>
      <span class="topic__head"><h3>{topic.title}</h3><span class="badge badge--level">{topic.difficulty}</span></span>
      {topic.promptHint && <span class="soft small">{topic.promptHint}</span>}
    </a>
  )
}

function startLevel(levels: readonly CefrLevel[], preferred: CefrLevel | null): CefrLevel {
  return preferred && levels.includes(preferred) ? preferred : (levels[0] ?? 'A1')
}

function matches(topic: TopicCard, words: string): boolean {
  return `${topic.title} ${topic.promptHint ?? ''} ${topic.difficulty}`.toLowerCase().includes(words)
}
