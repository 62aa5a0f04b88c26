import { Button } from '../../components/Button.tsx'
import { toSaveTrouble } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { Icon } from '../../components/Icon.tsx'
import { useIsOnline } from '../../hooks/use-is-online.ts'
import type { Sending } from '../../realtime/answer-sender.ts'
import { answerProblems } from './test-words.ts'

export interface SendingStatusProps {
  sending: Sending
  /** Answers were sent in this visit. */
  hasSent: boolean
  onNow: () => void
  onDiscard: (part: number) => void
}

/** How the answers that were handed in get on: honest, and quiet while all is well. */
export function SendingStatus({ sending, hasSent, onNow, onDiscard }: SendingStatusProps) {
  const { parts, progress, isDiskFull } = sending
  return (
    <div class="sending">
      {isDiskFull && <FaultNotice message={answerProblems['disk-full']} />}
      {progress.failure !== null && parts.length > 0 ? (
        <SendingHeld sending={sending} onNow={onNow} onDiscard={onDiscard} />
      ) : (
        <p class="sending__line small soft" role="status">
          {parts.length > 0 ? (
            <>
              <span class="spinner" aria-hidden="true" /> Sending {toTasks(parts)}…
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

function SendingHeld({ sending, onNow, onDiscard }: Omit<SendingStatusProps, 'hasSent'>) {
  const isOnline = useIsOnline()
  const { parts, progress } = sending
  const isRefused = progress.isStuck && progress.retryAtMs === null
  const failure = `We could not send ${toTasks(parts)}. ${progress.failure ?? ''}`
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
