import { useRoute } from 'preact-iso'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { PublishedBadge } from '../../components/PublishedBadge.tsx'
import { useDrillQuery, useDrillUpdatedSubscription } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import type { Drill } from '../../hooks/use-hand-in.ts'
import { pathTo } from '../../paths.ts'
import { NotFoundPage } from '../errors/NotFoundPage.tsx'
import { SessionData } from '../review/privacy/SessionData.tsx'
import { toQuestionLead } from './drill-words.ts'
import { DrillAnswer } from './DrillAnswer.tsx'
import { DrillAttempts } from './DrillAttempts.tsx'
import { DrillOutcome } from './DrillOutcome.tsx'
import { LoadingQuestion } from './LoadingQuestion.tsx'
import { QuestionCriteria } from './QuestionCriteria.tsx'

/** One drill: to be answered, being judged, or with its score. */
export function DrillPage() {
  const sessionId = decodeURIComponent(useRoute().params['sessionId'] ?? '')
  const { data, loading, error, refetch } = useDrillQuery({
    variables: { id: sessionId },
    fetchPolicy: 'cache-and-network',
  })
  const drill = data?.session
  if (drill?.__typename === 'Drill') return <OneDrill key={drill.id} drill={drill} onRefetch={refetch} />
  if (loading) return <LoadingQuestion />
  if (error)
    return (
      <Page title="We could not load this answer">
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      </Page>
    )
  return <NotFoundPage />
}

function OneDrill({ drill, onRefetch }: { drill: Drill; onRefetch: () => Promise<unknown> }) {
  // The cache takes what comes: the score appears by itself.
  useDrillUpdatedSubscription({ variables: { sessionId: drill.id } })
  const { question, drillStatus } = drill
  return (
    <Page
      title={question.prompt}
      tabTitle="Interview question"
      lead={toQuestionLead(question)}
      back={{ href: pathTo.drills, label: 'All questions' }}
    >
      <div class="drill">
        {drill.privacy === 'PUBLISHED' && <PublishedBadge />}
        <QuestionCriteria question={question} />
        {drillStatus === 'STARTED' ? (
          <DrillAnswer drill={drill} onRefetch={onRefetch} />
        ) : (
          <>
            <DrillOutcome drill={drill} onRefetch={onRefetch} />
            <DrillAttempts questionId={question.id} currentId={drill.id} status={drillStatus} />
            <SessionData session={drill} />
          </>
        )}
      </div>
    </Page>
  )
}
