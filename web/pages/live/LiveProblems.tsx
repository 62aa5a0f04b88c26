import { Button } from '../../components/Button.tsx'
import {
  liveProblems,
  microphoneRefused,
  partnerFailed,
  toCallLost,
  unsteadyCall,
} from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { useIsOnline } from '../../hooks/use-is-online.ts'
import type { LiveMicrophone } from '../../hooks/use-live-microphone.ts'
import type { LiveSession } from '../../realtime/live-session.ts'
import { isVoiceRecorded, type LiveState } from '../../realtime/live-state.ts'

export interface LiveProblemsProps {
  session: Pick<LiveSession, 'reconnectNow'>
  state: LiveState
  microphone: LiveMicrophone
  onChooseMicrophone: () => void
}

/** What went wrong, what is kept, and what to do. */
export function LiveProblems({ session, state, microphone, onChooseMicrophone }: LiveProblemsProps) {
  const isLive = state.phase === 'live'
  return (
    <>
      {state.phase === 'reconnecting' && <CallLost state={state} onNow={() => session.reconnectNow()} />}
      {state.isUnsteady && isLive && <FaultNotice message={unsteadyCall} />}
      {state.problems.map((problem) =>
        problem === 'microphone-lost' ? (
          <MicrophoneLost key={problem} microphone={microphone} />
        ) : (
          <FaultNotice
            key={problem}
            message={liveProblems[problem]}
            action={
              problem === 'microphone-silent' && <Button onClick={onChooseMicrophone}>Choose a microphone</Button>
            }
          />
        ),
      )}
      {state.turn.problem && isLive && <FaultNotice message={partnerFailed} />}
    </>
  )
}

function CallLost({ state, onNow }: { state: LiveState; onNow: () => void }) {
  const isOnline = useIsOnline()
  const { reconnectAtMs: nextTryMs, isPushToTalk } = state
  const isWaiting = isOnline && nextTryMs !== null
  return (
    <FaultNotice
      tone="problem"
      message={toCallLost({ isOnline, isPushToTalk, isRecorded: isVoiceRecorded(state) })}
      nextTryMs={isWaiting ? nextTryMs : null}
      action={
        isWaiting && (
          <Button look="primary" onClick={onNow}>
            Call now
          </Button>
        )
      }
    />
  )
}

function MicrophoneLost({ microphone }: { microphone: LiveMicrophone }) {
  const { failure, returned, choose } = microphone
  const action = returned ? (
    <Button look="primary" onClick={() => void choose(returned.deviceId)}>
      {`Use “${returned.label}” again`}
    </Button>
  ) : (
    <Button onClick={() => void choose()}>Use another microphone</Button>
  )
  const message = failure ? microphoneRefused[failure] : liveProblems['microphone-lost']
  return <FaultNotice tone="problem" message={message} action={action} />
}
