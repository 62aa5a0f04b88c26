import { Button } from '../../components/Button.tsx'
import { Notice } from '../../components/Notice.tsx'
import type { MicrophoneProblem } from '../../realtime/microphone.ts'
import type { CheckStatus } from '../../hooks/use-microphone-check.ts'

const help: Record<MicrophoneProblem, { title: string; text: string }> = {
  denied: {
    title: 'The microphone is blocked.',
    text: 'Click the icon to the left of the address, set Microphone to “Allow”, then try again.',
  },
  missing: { title: 'No microphone was found.', text: 'Plug one in or switch it on, then try again.' },
  busy: { title: 'The microphone is in use.', text: 'Another program holds it: close that program, then try again.' },
  unsupported: {
    title: 'This browser does not give pages a microphone here.',
    text: 'Browsers do so only over https or on this very machine. You can still type your answers.',
  },
  unknown: {
    title: 'The microphone could not be opened.',
    text: 'Try again, or choose another one in the settings of your system.',
  },
}

/** What stands between the learner and the microphone, and what to do about it. */
export function MicrophoneHelp({ status, onAsk }: { status: CheckStatus; onAsk: () => void }) {
  const { title, text } = help[status === 'ready' || status === 'asking' ? 'unknown' : status]
  return (
    <Notice tone="warning" action={<Button onClick={onAsk}>Try again</Button>}>
      <strong>{title}</strong> {text}
    </Notice>
  )
}
