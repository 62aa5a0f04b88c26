import { useRef } from 'preact/hooks'
import type { Drill } from '../../hooks/use-hand-in.ts'
import { UnderWay } from '../review/feedback/FeedbackState.tsx'
import { AnswerGiven, isUnheard } from './AnswerGiven.tsx'
import { DrillFailed } from './DrillFailed.tsx'
import { ScoreCard } from './ScoreCard.tsx'
import { TryAgain } from './TryAgain.tsx'

export interface DrillOutcomeProps {
  drill: Drill
  onRefetch: () => Promise<unknown>
}

/** What became of an answer: its score, or where that stands. A score from before stays while a new one is made. */
export function DrillOutcome({ drill, onRefetch }: DrillOutcomeProps) {
  const { drillStatus, evaluation, question } = drill
  const score = evaluation?.__typename === 'DrillEvaluation' ? evaluation : null
  const isUnderWay = drillStatus === 'SUBMITTED' || drillStatus === 'PROCESSING'
  const wasUnderWay = useRef(false)
  wasUnderWay.current ||= isUnderWay
  return (
    <>
      <p class="hidden-visually" role="status">
        {wasUnderWay.current && drillStatus === 'COMPLETED' && 'Your score is here.'}
      </p>
      {isUnderWay && <UnderWay isBegun={drillStatus === 'PROCESSING'} hasFormer={score !== null} />}
      {drillStatus === 'FAILED' && <DrillFailed drill={drill} onRefetch={onRefetch} />}
      {score && <ScoreCard score={score} next={!isUnderWay && <TryAgain questionId={question.id} />} />}
      <AnswerGiven drill={drill} onRefetch={onRefetch} />
      {!score && !isUnderWay && <TryAgain questionId={question.id} isSecondary={isUnheard(drill)} />}
    </>
  )
}
