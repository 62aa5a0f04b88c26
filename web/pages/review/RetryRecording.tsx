import type { ComponentChildren } from 'preact'
import { Button } from '../../components/Button.tsx'
import { Notice, type NoticeTone } from '../../components/Notice.tsx'
import { useRetryRecordingMutation } from '../../gql/hooks.ts'
import { useFaultForm } from '../../hooks/use-fault-form.ts'

export interface RetryRecordingProps {
  recordingId: string
  tone: NoticeTone
  /** What the button says; null where another try cannot help. */
  action: string | null
  /** Goes on for those who hear the button: ` to write down task 2`. */
  aim: string
  children: ComponentChildren
}

/** What is not as it should be with a stored recording, and another try. Whoever shows it follows the recording's state. */
export function RetryRecording({ recordingId, tone, action, aim, children }: RetryRecordingProps) {
  const [retry] = useRetryRecordingMutation()
  const form = useFaultForm(async () => (await retry({ variables: { recordingId } })).data?.retryRecording)
  const button = action !== null && (
    <Button busy={form.isBusy} onClick={form.submit}>
      {action}
      <span class="hidden-visually">{aim}</span>
    </Button>
  )
  return (
    <>
      <Notice tone={tone} action={button}>
        {children}
      </Notice>
      {form.message && <Notice tone="problem">{form.message}</Notice>}
    </>
  )
}
