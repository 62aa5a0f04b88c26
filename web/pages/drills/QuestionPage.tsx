import { useRoute } from 'preact-iso'
import { Button } from '../../components/Button.tsx'
import { Icon, type IconName } from '../../components/Icon.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import type { QuestionPartsFragment } from '../../gql/documents.ts'
import { useDrillQuestionQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { useStartActivity } from '../../hooks/use-start-activity.ts'
import { pathTo } from '../../paths.ts'
import { NotFoundPage } from '../errors/NotFoundPage.tsx'
import { toQuestionLead } from './drill-words.ts'
import { DrillAttempts } from './DrillAttempts.tsx'
import { DrillsLocked } from './DrillsLocked.tsx'
import { LoadingQuestion } from './LoadingQuestion.tsx'
import { QuestionCriteria } from './QuestionCriteria.tsx'

const facts: { icon: IconName; text: string }[] = [
  { icon: 'mic', text: 'Speak your answer, and listen to it before you hand it in. Or write it.' },
  { icon: 'check', text: 'You get a score, what the answer shows and lacks, and at most three changes to make.' },
  { icon: 'history', text: 'Answer as often as you like: each attempt is compared with the one before.' },
]

/** Before a drill: the question, what it looks for, and the attempts so far. */
export function QuestionPage() {
  const questionId = decodeURIComponent(useRoute().params['questionId'] ?? '')
  const { data, loading, error, refetch } = useDrillQuestionQuery({
    variables: { id: questionId },
    fetchPolicy: 'cache-and-network',
  })
  const question = data?.node
  if (question?.__typename === 'Question')
    return <Start key={question.id} question={question} isLocked={data?.viewer?.entitlement === 'LOCKED'} />
  if (loading) return <LoadingQuestion />
  if (error)
    return (
      <Page title="We could not load this question">
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      </Page>
    )
  return <NotFoundPage />
}

function Start({ question, isLocked }: { question: QuestionPartsFragment; isLocked: boolean }) {
  const form = useStartActivity({ drill: { questionId: question.id } }, pathTo.drill)
  return (
    <Page
      title={question.prompt}
      tabTitle="Interview question"
      lead={toQuestionLead(question)}
      back={{ href: pathTo.drills, label: 'All questions' }}
    >
      <div class="drill">
        {isLocked ? (
          <DrillsLocked />
        ) : (
          <section class="card drill__start" aria-label="Start">
            <ul class="drill__facts">
              {facts.map(({ icon, text }) => (
                <li key={icon} class="check__hint">
                  <Icon name={icon} />
                  <span>{text}</span>
                </li>
              ))}
            </ul>
            <form class="drill__answer" onSubmit={form.submit} noValidate>
              {form.message && <Notice tone="problem">{form.message}</Notice>}
              <div>
                <Button type="submit" look="primary" large busy={form.isBusy}>
                  Answer this question
                </Button>
              </div>
            </form>
            <QuestionCriteria question={question} />
          </section>
        )}
        <DrillAttempts questionId={question.id} />
      </div>
    </Page>
  )
}
