import type { ComponentChildren } from 'preact'
import { useNow } from '../hooks/use-now.ts'
import type { FaultMessage } from './fault-messages.ts'
import { Notice, type NoticeTone } from './Notice.tsx'

/** What happened, what is safe, what to do. */
export function FaultNotice({
  message,
  tone = 'warning',
  nextTryMs = null,
  action,
}: {
  message: FaultMessage
  tone?: NoticeTone
  /** On the page's clock. For the eye only: it would be read out every second. */
  nextTryMs?: number | null
  action?: ComponentChildren
}) {
  const { happened, safe, todo } = message
  return (
    <Notice tone={tone} action={action}>
      <strong>{happened}</strong> {safe} {todo}
      {nextTryMs !== null && <Countdown untilMs={nextTryMs} />}
    </Notice>
  )
}

function Countdown({ untilMs }: { untilMs: number }) {
  const seconds = Math.max(1, Math.ceil((untilMs - useNow(500)) / 1_000))
  return (
    <p class="small numeric" aria-hidden="true">
      Next try in {seconds} s
    </p>
  )
}
