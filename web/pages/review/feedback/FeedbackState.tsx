import { Button } from '../../../components/Button.tsx'
import { Notice } from '../../../components/Notice.tsx'
import type { FeedbackPartsFragment } from '../../../gql/documents.ts'
import type { FeedbackSectionProps } from './FeedbackSection.tsx'

export interface FeedbackStateProps extends Pick<FeedbackSectionProps, 'status' | 'isEmpty'> {
  feedback: FeedbackPartsFragment
  isAsking: boolean
  onAsk: (event: Event) => void
}

/** Where the feedback stands, as long as it is not simply there. */
export function FeedbackState({ status, isEmpty, feedback, isAsking, onAsk }: FeedbackStateProps) {
  const hasFormer = feedback.evaluation !== null
  switch (feedback.evaluationStatus) {
    case 'PENDING':
    case 'PROCESSING':
      return <UnderWay isBegun={feedback.evaluationStatus === 'PROCESSING'} hasFormer={hasFormer} />
    case 'FAILED': {
      const { message, retryable } = feedback.evaluationFailure ?? { message: 'It could not be made.', retryable: true }
      return (
        <Notice
          tone="warning"
          action={
            retryable ? (
              <Button busy={isAsking} onClick={onAsk}>
                Try again
              </Button>
            ) : undefined
          }
        >
          <p>{message}</p>
          <p class="small soft">
            {hasFormer ? 'Below is the feedback from before.' : 'Your recording and transcript are safe.'}
          </p>
        </Notice>
      )
    }
    case 'NONE':
      return <Notice {...toNone(status, isEmpty, isAsking, onAsk)} />
    case 'COMPLETED':
      return null
  }
}

/** A judgement is on its way. */
export function UnderWay({ isBegun, hasFormer }: { isBegun: boolean; hasFormer: boolean }) {
  return (
    <div class="feedback__wait card" role="status">
      <span class="spinner" aria-hidden="true" />
      <div>
        <p class="feedback__wait-title">
          {hasFormer ? 'New feedback is being made' : isBegun ? 'Your feedback is being made' : 'Your feedback is next'}
        </p>
        <p class="soft small">
          {hasFormer
            ? 'It takes the place of the one below by itself.'
            : 'It appears here by itself, mostly within half a minute. You may also leave and come back.'}
        </p>
      </div>
    </div>
  )
}

function toNone(
  status: FeedbackStateProps['status'],
  isEmpty: boolean,
  isAsking: boolean,
  onAsk: (event: Event) => void,
): Parameters<typeof Notice>[0] {
  if (status === 'ACTIVE') return { children: 'Feedback comes when the session has ended.' }
  if (status === 'FAILED') return { children: 'There is no feedback: this session never began.' }
  if (isEmpty) return { children: 'There is no feedback: nothing was said that could be judged.' }
  const action = (
    <Button busy={isAsking} onClick={onAsk}>
      Get feedback
    </Button>
  )
  return { children: 'There is no feedback on this session yet.', action }
}
