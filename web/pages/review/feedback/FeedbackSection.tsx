import { useRef } from 'preact/hooks'
import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import type { FeedbackPartsFragment, SpeakingFeedbackFragment } from '../../../gql/documents.ts'
import { useRequestEvaluationMutation } from '../../../gql/hooks.ts'
import { useFaultForm } from '../../../hooks/use-fault-form.ts'
import { FeedbackState } from './FeedbackState.tsx'
import { LevelHeadline } from './LevelHeadline.tsx'
import type { PlaceFinder } from './Quote.tsx'
import { ScoreBars } from './ScoreBars.tsx'
import { SpeechNumbers } from './SpeechNumbers.tsx'
import { TipList } from './TipList.tsx'
import { WhoJudged } from './WhoJudged.tsx'

export interface FeedbackSectionProps {
  sessionId: string
  status: 'ACTIVE' | 'ENDED' | 'FAILED' | 'ABANDONED'
  /** Nothing was said, and nothing recorded. */
  isEmpty: boolean
  feedback: FeedbackPartsFragment
  findPlace: PlaceFinder
}

/** What the learner takes home: where they stand, what went well, what to change, and the numbers behind it. */
export function FeedbackSection({ sessionId, status, isEmpty, feedback, findPlace }: FeedbackSectionProps) {
  const [request] = useRequestEvaluationMutation()
  const form = useFaultForm(async () => (await request({ variables: { sessionId } })).data?.requestEvaluation)
  const evaluation = toSpeaking(feedback)
  const isUnderWay = feedback.evaluationStatus === 'PENDING' || feedback.evaluationStatus === 'PROCESSING'
  const wasUnderWay = useRef(false)
  wasUnderWay.current ||= isUnderWay
  return (
    <section class="feedback" aria-labelledby="feedback-title">
      <h2 id="feedback-title">Feedback</h2>
      <p class="hidden-visually" role="status">
        {wasUnderWay.current && feedback.evaluationStatus === 'COMPLETED' && 'Your feedback is here.'}
      </p>
      <FeedbackState status={status} isEmpty={isEmpty} feedback={feedback} isAsking={form.isBusy} onAsk={form.submit} />
      {form.message && <Notice tone="problem">{form.message}</Notice>}
      {evaluation && (
        <>
          <LevelHeadline evaluation={evaluation} />
          <TipList title="What went well" tips={evaluation.strengths} look="good" findPlace={findPlace} />
          <TipList title="What to change next" tips={evaluation.tips.slice(0, 3)} look="change" findPlace={findPlace} />
          <ScoreBars evaluation={evaluation} />
          <SpeechNumbers metrics={evaluation.metrics} />
          <WhoJudged evaluation={evaluation}>
            {!isUnderWay && feedback.evaluationStatus !== 'FAILED' && (
              <Button look="quiet" busy={form.isBusy} onClick={form.submit}>
                Get new feedback
              </Button>
            )}
          </WhoJudged>
        </>
      )}
    </section>
  )
}

function toSpeaking({ evaluation }: FeedbackPartsFragment): SpeakingFeedbackFragment | null {
  return evaluation?.__typename === 'SpeakingEvaluation' ? evaluation : null
}
