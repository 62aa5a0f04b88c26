import { useUnfinishedSaves } from '../hooks/use-unfinished-saves.ts'
import { UnfinishedNotice } from './UnfinishedNotice.tsx'

/** What this browser still keeps of conversations that were cut off, and how far the saving of each has come. */
export function UnfinishedSaves() {
  const { saves, unfinished } = useUnfinishedSaves()
  return (
    <>
      {saves.map((save) => {
        const { sessionId } = save.session
        return (
          <UnfinishedNotice
            key={sessionId}
            save={save}
            onNow={() => unfinished?.tryNow()}
            onDiscard={() => void unfinished?.discard(sessionId)}
            onDismiss={() => unfinished?.dismiss(sessionId)}
          />
        )
      })}
    </>
  )
}
