import { Button } from '../../components/Button.tsx'
import { microphoneHelp } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import type { CheckStatus } from '../../hooks/use-microphone-check.ts'

/** What stands between the learner and the microphone, and what to do about it. */
export function MicrophoneHelp({ status, onAsk }: { status: CheckStatus; onAsk: () => void }) {
  const message = microphoneHelp[status === 'ready' || status === 'asking' ? 'unknown' : status]
  return <FaultNotice message={message} action={<Button onClick={onAsk}>Try again</Button>} />
}
