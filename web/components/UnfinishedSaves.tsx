import { useState } from 'preact/hooks'
import { useUnfinishedSaves, type UnfinishedSave } from '../hooks/use-unfinished-saves.ts'
import { pathTo } from '../paths.ts'
import { Button } from './Button.tsx'
import { toDay, toDuration, toTime } from './format.ts'
import { Notice } from './Notice.tsx'

/** What this browser still keeps of conversations that were cut off, and the way to finish each. */
export function UnfinishedSaves() {
  const { saves, finish, discard, dismiss } = useUnfinishedSaves()
  return (
    <>
      {saves.map((save) => (
        <UnfinishedNotice
          key={save.session.sessionId}
          save={save}
          onFinish={() => void finish(save.session.sessionId)}
          onDiscard={() => void discard(save.session.sessionId)}
          onDismiss={() => dismiss(save.session.sessionId)}
        />
      ))}
    </>
  )
}

function UnfinishedNotice({ save, onFinish, onDiscard, onDismiss }: { save: UnfinishedSave; onFinish: () => void; onDiscard: () => void; onDismiss: () => void }) {
  const [isAsking, setIsAsking] = useState(false)
  const { session, step, failure } = save
  const what = save.keptSeconds >= 1 ? toDuration(save.keptSeconds) : 'the text'
  const when = `${toDay(session.startedAtMs) === 'Today' ? '' : `${toDay(session.startedAtMs)}, `}${toTime(session.startedAtMs)}`
  if (step === 'saved') {
    const actions = <div class="button-row"><a class="button" href={pathTo.session(session.sessionId)}>Look at it</a><Button look="quiet" onClick={onDismiss}>Close</Button></div>
    return <Notice tone="good" action={actions}>“{session.title}” from {when} is saved.</Notice>
  }
  const actions = isAsking ? (
    <div class="button-row">
      <Button look="danger" onClick={onDiscard}>Yes, throw it away</Button>
      <Button look="quiet" onClick={() => setIsAsking(false)}>Keep it</Button>
    </div>
  ) : (
    <div class="button-row">
      <Button look="primary" busy={step !== null} onClick={onFinish}>{step === null ? 'Finish saving' : 'Saving…'}</Button>
      {step === null && <Button look="quiet" onClick={() => setIsAsking(true)}>Throw away</Button>}
    </div>
  )
  return (
    <Notice tone="warning" action={actions}>
      {isAsking ? `This removes the only copy of what this device still holds of “${session.title}”.` : `We kept ${what} of “${session.title}” from ${when}.`}
      {failure && !isAsking && <p class="small">{failure}</p>}
    </Notice>
  )
}
