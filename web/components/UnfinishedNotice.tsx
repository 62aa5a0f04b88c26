import { useState } from 'preact/hooks'
import { useIsOnline } from '../hooks/use-is-online.ts'
import { pathTo } from '../paths.ts'
import type { UnfinishedSave } from '../realtime/unfinished-saves.ts'
import { Button } from './Button.tsx'
import { toKept } from './fault-messages.ts'
import { FaultNotice } from './FaultNotice.tsx'
import { toDay, toDuration, toTime } from './format.ts'
import { Notice } from './Notice.tsx'

export interface UnfinishedNoticeProps {
  save: UnfinishedSave
  onNow: () => void
  onDiscard: () => void
  onDismiss: () => void
}

/** One conversation that is kept on this device, and saves itself: told, helped on, or thrown away after a second question. */
export function UnfinishedNotice({ save, onNow, onDiscard, onDismiss }: UnfinishedNoticeProps) {
  const isOnline = useIsOnline()
  const [isAsking, setIsAsking] = useState(false)
  const { progress, keptSeconds, isElsewhere } = save
  const { title, sessionId, startedAtMs } = save.session
  const day = toDay(startedAtMs)
  const when = day === 'Today' ? toTime(startedAtMs) : `${day}, ${toTime(startedAtMs)}`
  const what = keptSeconds >= 1 ? toDuration(keptSeconds) : 'the text'
  if (progress.step === 'saved') {
    const text = `We kept ${what} of “${title}” from ${when}, and now it is saved.`
    return <SavedNotice text={text} sessionId={sessionId} onDismiss={onDismiss} />
  }
  if (isAsking) return <LastQuestion title={title} onDiscard={onDiscard} onKeep={() => setIsAsking(false)} />
  const isHeld = !isElsewhere && progress.failure !== null
  const state = isElsewhere ? 'elsewhere' : isHeld ? 'held' : 'saving'
  const message = toKept({ what, title, when, state, isOnline, failure: progress.failure, share: progress.share })
  const actions = isHeld && (
    <div class="button-row">
      <Button look="primary" onClick={onNow}>
        Finish saving
      </Button>
      <Button look="quiet" onClick={() => setIsAsking(true)}>
        Throw away
      </Button>
    </div>
  )
  return (
    <FaultNotice
      tone={isHeld ? 'warning' : 'info'}
      message={message}
      nextTryMs={isHeld && isOnline ? progress.retryAtMs : null}
      action={actions}
    />
  )
}

function LastQuestion({ title, onDiscard, onKeep }: { title: string; onDiscard: () => void; onKeep: () => void }) {
  const actions = (
    <div class="button-row">
      <Button look="danger" onClick={onDiscard}>
        Yes, throw it away
      </Button>
      <Button look="quiet" onClick={onKeep}>
        Keep it
      </Button>
    </div>
  )
  return (
    <Notice tone="warning" action={actions}>
      This removes the only copy of what this device still holds of “{title}”.
    </Notice>
  )
}

function SavedNotice({ text, sessionId, onDismiss }: { text: string; sessionId: string; onDismiss: () => void }) {
  const actions = (
    <div class="button-row">
      <a class="button" href={pathTo.session(sessionId)}>
        Look at it
      </a>
      <Button look="quiet" onClick={onDismiss}>
        Close
      </Button>
    </div>
  )
  return (
    <Notice tone="good" action={actions}>
      {text}
    </Notice>
  )
}
