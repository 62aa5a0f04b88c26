import { useUnfinishedSaves } from '../hooks/use-unfinished-saves.ts'
import { UnfinishedNotice } from './UnfinishedNotice.tsx'

/** What this browser still keeps of conversations that were cut off, and the way to finish each. */
export function UnfinishedSaves() {
  const { saves, finish, discard, dismiss } = useUnfinishedSaves()
  return (
    <>
      {saves.map((save) => {
        const { sessionId } = save.session
        return (
          <UnfinishedNotice
            key={sessionId}
            save={save}
            onFinish={() => void finish(sessionId)}
            onDiscard={() => void discard(sessionId)}
            onDismiss={() => dismiss(sessionId)}
          />
        )
      })}
    </>
  )
}
