import type { ComponentChildren } from 'preact'
import { toDay, toTime } from '../../../components/format.ts'
import type { SpeakingFeedbackFragment } from '../../../gql/documents.ts'
import { useViewer } from '../../../hooks/use-account.ts'

/** Which scorer judged, and when: always told, never loudly. */
export function WhoJudged({
  evaluation,
  children,
}: {
  evaluation: Pick<SpeakingFeedbackFragment, 'createdAt' | 'modelUsed'>
  children?: ComponentChildren
}) {
  const { preferences } = useViewer()
  const { createdAt, modelUsed } = evaluation
  return (
    <footer class="judged">
      <p class="faint small">
        {isLocal(modelUsed)
          ? `Made on this server from counts and measures, without a language model (${modelUsed})`
          : `Made by the language model ${modelUsed} from the transcript and the measures`}
        , {toDay(createdAt, preferences.timeZone)}, {toTime(createdAt, preferences.timeZone)}.
      </p>
      {children}
    </footer>
  )
}

function isLocal(modelUsed: string): boolean {
  return /^local(-drill)?\//u.test(modelUsed)
}
