import { useState } from 'preact/hooks'
import type { UnfinishedSave } from '../hooks/use-unfinished-saves.ts'
import { pathTo } from '../paths.ts'
import { Button } from './Button.tsx'
import { toDay, toDuration, toTime } from './format.ts'
import { Notice } from './Notice.tsx'

export interface UnfinishedNoticeProps {
  save: UnfinishedSave
  onFinish: () => void
  onDiscard: () => void
  onDismiss: () => void
}

/** One conversation that is kept on this device: finish saving it, or throw it away after a second question. */
export function UnfinishedNotice({ save, onFinish, onDiscard, onDismiss }: UnfinishedNoticeProps) {
  const [isAsking, setIsAsking] = useState(false)
  const { title, sessionId, startedAtMs } = save.session
  const day = toDay(startedAtMs)
  const when = day === 'Today' ? toTime(startedAtMs) : `${day}, ${toTime(startedAtMs)}`
  if (save.step === 'saved')
    return <SavedNotice text={`“${title}” from ${when} is saved.`} sessionId={sessionId} onDismiss={onDismiss} />
  if (isAsking) {
    const actions = (
      <div class="button-row">
        <Button look="danger" onClick={onDiscard}>
          Yes, throw it away
        </Button>
        <Button look="quiet" onClick={() => setIsAsking(false)}>
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
  const what = save.keptSeconds >= 1 ? toDuration(save.keptSeconds) : 'the text'
  return (
    <Notice tone="warning" action={<SaveActions save={save} onFinish={onFinish} onAsk={() => setIsAsking(true)} />}>
      We kept {what} of “{title}” from {when}.{save.failure && <p class="small">{save.failure}</p>}
    </Notice>
  )
}

function SaveActions({ save, onFinish, onAsk }: { save: UnfinishedSave; onFinish: () => void; onAsk: () => void }) {
  const isSaving = save.step !== null
  return (
    <div class="button-row">
      <Button look="primary" busy={isSaving} onClick={onFinish}>
        {isSaving ? 'Saving…' : 'Finish saving'}
      </Button>
      {!isSaving && (
        <Button look="quiet" onClick={onAsk}>
          Throw away
        </Button>
      )}
    </div>
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
