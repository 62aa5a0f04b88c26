import { useMemo, useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { useProgressQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { pathTo } from '../../paths.ts'
import { ChartFigure } from './ChartFigure.tsx'
import { ProgressFilters, type ProgressFilterValues } from './ProgressFilters.tsx'
import { ProgressHeadline, type ProgressParts } from './ProgressHeadline.tsx'
import { RepeatedTopics } from './RepeatedTopics.tsx'
import { toCharts } from './to-charts.ts'

/** How the practice goes over weeks: where the learner stands, four charts, and topics that came twice. */
export function ProgressPage() {
  const [filters, setFilters] = useState<ProgressFilterValues>({ mode: '', weeks: '12' })
  const { data, previousData, loading, error, refetch } = useProgressQuery({
    variables: { weeks: Number(filters.weeks), mode: filters.mode || null },
    fetchPolicy: 'cache-and-network',
  })
  // While another span is on its way, the one before stays.
  const progress = (data ?? (loading ? previousData : undefined))?.viewer?.progress
  const isNew = progress?.sessions === 0 && filters.mode === ''
  return (
    <Page title="Progress" lead="How your speaking moves over weeks, as far as numbers can tell.">
      {!isNew && <ProgressFilters value={filters} onValue={setFilters} />}
      {error && !progress && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {loading && !progress && <Loading label="Loading your progress" />}
      {progress?.sessions === 0 && <NothingYet mode={filters.mode} />}
      {progress && progress.sessions > 0 && <Standing progress={progress} mode={filters.mode} isLoading={!data} />}
    </Page>
  )
}

/** What starts each kind of practice. */
const beginnings: Record<ProgressFilterValues['mode'], { kind: string; href: string; action: string }> = {
  '': { kind: 'practice', href: pathTo.practise, action: 'Practise' },
  CONVERSATION: { kind: 'conversation', href: pathTo.practise, action: 'Practise' },
  SPEAKING_TEST: { kind: 'speaking test', href: pathTo.tests, action: 'Choose a test' },
  DRILL: { kind: 'interview question', href: pathTo.drills, action: 'Choose a question' },
}

function NothingYet({ mode }: { mode: ProgressFilterValues['mode'] }) {
  const { kind, href, action } = beginnings[mode]
  return (
    <EmptyState
      icon="progress"
      title={`Your first ${kind} starts this page`}
      action={
        <a class="button button--primary" href={href}>
          {action}
        </a>
      }
    >
      Afterwards you see here how much you practise, how fast you speak and how varied your words are, week by week.
    </EmptyState>
  )
}

interface StandingProps {
  progress: ProgressParts
  mode: ProgressFilterValues['mode']
  isLoading: boolean
}

function Standing({ progress, mode, isLoading }: StandingProps) {
  const { timeZone } = useViewer().preferences
  const charts = useMemo(() => toCharts(progress.weeks, timeZone), [progress.weeks, timeZone])
  return (
    <div class="progress" aria-busy={isLoading}>
      <ProgressHeadline progress={progress} timeZone={timeZone} />
      <TrendNotice progress={progress} />
      <section class="progress__part" aria-labelledby="charts-title">
        <h2 id="charts-title">Week by week</h2>
        <div class="charts">
          {charts.map((chart) => (
            <ChartFigure key={chart.name} chart={chart} />
          ))}
        </div>
      </section>
      {(mode === '' || mode === 'CONVERSATION') && <RepeatedTopics />}
    </div>
  )
}

/** A line through one week is no trend. */
function TrendNotice({ progress: { weeks, sessions } }: { progress: ProgressParts }) {
  const practised = weeks.filter((week) => week.sessions > 0).length
  if (practised === 0) return <Notice>Nothing in these weeks. Choose a longer time to see what was before.</Notice>
  if (practised > 1) return null
  return (
    <Notice>
      {sessions === 1 ? 'This is one session' : 'All of this is one week'}: it shows where you are, not yet where you
      are going. A trend needs practice in several weeks.
    </Notice>
  )
}
