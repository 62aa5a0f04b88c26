import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { Page } from '../../components/Page.tsx'
import { describeError } from '../../graphql/faults.ts'
import { useDrillQuestions } from '../../hooks/use-drill-questions.ts'
import { DrillsLocked } from './DrillsLocked.tsx'
import { CategoryLinks } from './CategoryLinks.tsx'
import { QuestionList } from './QuestionList.tsx'

/** The interview questions of the active pack, and how the viewer has done at each. */
export function DrillsPage() {
  const { groups, isLocked, isLoading, error, refetch } = useDrillQuestions()
  const isEmpty = !isLoading && !error && !isLocked && groups.length === 0
  return (
    <Page
      title="Interview practice"
      lead="Answer one question at a time, aloud or in writing, and see what to change. Then answer it again."
    >
      {error && (
        <Notice tone="problem" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {describeError(error)}
        </Notice>
      )}
      {isLoading && <Loading label="Loading the questions" />}
      {isLocked && <DrillsLocked />}
      {isEmpty && (
        <EmptyState icon="question" title="No questions yet">
          No content pack is in use here. An administrator of this installation chooses one, and its questions are then
          listed on this page.
        </EmptyState>
      )}
      {!isLocked && groups.length > 0 && (
        <>
          <CategoryLinks groups={groups} />
          {groups.map((group, index) => (
            <QuestionList key={group.category} group={group} place={index + 1} />
          ))}
        </>
      )}
    </Page>
  )
}
