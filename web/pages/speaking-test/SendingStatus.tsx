import { Button } from '../../components/Button.tsx'
import { toSaveTrouble } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useIsOnline } from '../../hooks/use-is-online.ts'
import type { Sending } from '../../realtime/answer-sender.ts'
import { answerProblems } from './test-words.ts'

export interface SendingStatusProps {
  sending: Sending
  /** What the answers are called. */
  nameParts?: (parts: readonly number[]) => string
  /** Answers were sent in this visit. */
  hasSent: boolean
  onNow: () => void
  onDiscard: (part: number) => void
}

/** How the answers that were handed in get on: honest, and quiet while all is well. */
export function SendingStatus(props: SendingStatusProps) {
  const { sending, nameParts = toTasks, hasSent } = props
  const { parts, progress, isDiskFull } = sending
  return (
    <div class="sending">
      {isDiskFull && <FaultNotice message={answerProblems['disk-full']} />}
      {progress.failure !== null && parts.length > 0 ? (
        <SendingHeld {...props} nameParts={nameParts} />
      ) : (
        <p class="sending__line small soft" role="status">
          {parts.length > 0 ? (
            <>
              <span class="spinner" aria-hidden="true" /> Sending {nameParts(parts)}…
            </>
          ) : (
            hasSent && (
              <>
                <Icon name="check" /> Your answers are safe on the server.
              </>
            )
          )}
        </p>
      )}
    </div>
  )
}

function SendingHeld({ sending, nameParts, onNow, onDiscard }: Required<SendingStatusProps>) {
  const isOnline = useIsOnline()
  const { parts, progress } = sending
  const isRefused = progress.isStuck && progress.retryAtMs === null
  const failure = `We could not send ${nameParts(parts)}. ${progress.failure ?? ''}`
  const [first] = parts
  return (
    <FaultNotice
      message={toSaveTrouble({ isOnline, failure, isRefused })}
      nextTryMs={isOnline ? progress.retryAtMs : null}
      action={
        <div class="button-row">
          <Button onClick={onNow}>Try now</Button>
          {isRefused && first !== undefined && parts.length === 1 && (
            <Button look="quiet" onClick={() => onDiscard(first)}>
              Throw this answer away
            </Button>
          )}
        </div>
      }
    />
  )
}

function toTasks(parts: readonly number[]): string {
  return parts.length === 1 ? `your answer to task ${parts[0]}` : `your answers to tasks ${parts.join(' and ')}`
}
