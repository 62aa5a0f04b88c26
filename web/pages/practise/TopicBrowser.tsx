import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SearchField } from '../../components/Field.tsx'
import { Icon } from '../../components/Icon.tsx'
import type { CefrLevel } from '../../gql/documents.ts'
import type { TopicCard } from '../../hooks/use-topics.ts'
import { pathTo } from '../../paths.ts'
import { LevelTabs, levelNames } from './LevelTabs.tsx'

export interface TopicBrowserProps {
  topics: readonly TopicCard[]
  levels: readonly CefrLevel[]
  /** The viewer's own level, where it is known. */
  preferred: CefrLevel | null
}

/** One level's topics, or what a search finds in all of them. */
export function TopicBrowser({ topics, levels, preferred }: TopicBrowserProps) {
  const [chosen, setChosen] = useState<CefrLevel | null>(null)
  const [search, setSearch] = useState('')
  const level = chosen ?? startLevel(levels, preferred)
  const words = search.trim().toLowerCase()
  const ofLevel = topics.filter((topic) => topic.difficulty === level)
  const shown = words === '' ? ofLevel : topics.filter((topic) => matches(topic, words))
  const choose = (next: CefrLevel): void => {
    setChosen(next)
    setSearch('')
  }
  return (
    <>
      {words === '' && ofLevel[0] && <Suggestion topic={ofLevel[0]} />}
      <section class="topics" aria-label="Topics">
        <div class="topics__tools">
          <LevelTabs levels={levels} value={words === '' ? level : null} onValue={choose} />
          <SearchField label="Search topics" placeholder="Search all levels" value={search} onValue={setSearch} />
        </div>
        <h2>{words === '' ? levelNames[level] : `Results for “${search.trim()}”`}</h2>
        <ul class="topics__grid">
          {shown.map((topic) => (
            <li key={topic.id}>
              <TopicLink topic={topic} />
            </li>
          ))}
        </ul>
        {shown.length === 0 && (
          <EmptyState
            icon="search"
            title="Nothing found"
            action={<Button onClick={() => setSearch('')}>Show all topics</Button>}
          >
            Try another word, or look through the levels.
          </EmptyState>
        )}
      </section>
    </>
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
      <a class="button button--primary button--large" href={pathTo.topic(topic.id)}>
        <Icon name="mic" />
        Practise
      </a>
    </section>
  )
}

function TopicLink({ topic }: { topic: TopicCard }) {
  return (
    <a class="topic" href={pathTo.topic(topic.id)}>
      <span class="topic__head">
        <h3>{topic.title}</h3>
        <span class="badge badge--level">{topic.difficulty}</span>
      </span>
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
