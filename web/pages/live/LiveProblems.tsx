import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import { useIsOnline } from '../../hooks/use-is-online.ts'
import type { LiveSession } from '../../realtime/live-session.ts'
import type { LiveState } from '../../realtime/live-state.ts'
import { openMicrophone } from '../../realtime/microphone.ts'

/** What went wrong, what is kept, and what to do: one sentence each. */
export function LiveProblems({ session, state }: { session: LiveSession; state: LiveState }) {
  const isOnline = useIsOnline()
  const has = (problem: LiveState['problems'][number]): boolean => state.problems.includes(problem)
  return (
    <div class="live__problems">
      {state.phase === 'lost' && (
        <Notice
          tone="problem"
          action={
            <Button look="primary" onClick={() => void session.reconnect()}>
              Reconnect
            </Button>
          }
        >
          {isOnline ? 'The call was cut off.' : 'You are offline.'} What was said is kept. Reconnect to go on, or press
          End to save what there is.
        </Notice>
      )}
      {state.isUnsteady && state.phase === 'live' && (
        <Notice tone="warning">The connection is unsteady. Recording goes on.</Notice>
      )}
      {has('microphone-lost') && <MicrophoneLost session={session} />}
      {has('no-recording') && (
        <Notice tone="warning">This browser cannot record sound. Your words are still written down.</Notice>
      )}
      {has('storage-full') && (
        <Notice tone="warning">
          This device has no room left to keep the recording. Do not close this page: end the conversation to save it.
        </Notice>
      )}
      {state.turn.problem && state.phase === 'live' && (
        <Notice tone="warning">The partner had a problem with that. Say it again, or go on.</Notice>
      )}
    </div>
  )
}

function MicrophoneLost({ session }: { session: LiveSession }) {
  const [failure, setFailure] = useState(false)
  const mend = async (): Promise<void> => {
    try {
      await session.replaceMicrophone(await openMicrophone())
    } catch {
      setFailure(true)
    }
  }
  return (
    <Notice tone="problem" action={<Button onClick={() => void mend()}>Use another microphone</Button>}>
      The microphone is gone: it was unplugged, or its permission was taken back.{' '}
      {failure
        ? 'No other one could be opened. You can type your answers.'
        : 'The conversation goes on: you can type, too.'}
    </Notice>
  )
}
