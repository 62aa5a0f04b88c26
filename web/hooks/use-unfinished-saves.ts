import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Outbox, OutboxSession } from '../realtime/outbox.ts'
import { patientRetry } from '../realtime/retry.ts'
import { saveSession, type SaveStep } from '../realtime/save-session.ts'
import { uploadByPut } from '../realtime/save-recording.ts'
import { isSessionFree, taken, withSessionLock } from '../realtime/session-lock.ts'
import { useViewer } from './use-account.ts'
import { useServices } from './use-services.ts'

/** One conversation that this browser still owes the server. */
export interface UnfinishedSave {
  session: OutboxSession
  /** Of sound that is kept here; 0 where only text is. */
  keptSeconds: number
  step: SaveStep | null
  failure: string | null
}

/**
 * What an earlier visit left unsaved in this browser, oldest first, without what a tab is working on now.
 * `finish` saves one and takes it off the list; `discard` forgets it for good.
 */
export function useUnfinishedSaves() {
  const { outbox, api } = useServices()
  const viewer = useViewer()
  const [saves, setSaves] = useState<UnfinishedSave[]>([])
  const change = useCallback((sessionId: string, next: Partial<UnfinishedSave>) => {
    setSaves((all) => all.map((save) => (save.session.sessionId === sessionId ? { ...save, ...next } : save)))
  }, [])
  const remove = useCallback(
    (sessionId: string) => setSaves((all) => all.filter((save) => save.session.sessionId !== sessionId)),
    [],
  )

  useEffect(() => {
    let isCurrent = true
    const show = (found: UnfinishedSave[]): void => {
      if (isCurrent) setSaves(found)
    }
    // Where the browser keeps nothing there is nothing to finish.
    void findUnfinished(outbox, viewer.id).then(show, () => undefined)
    return () => {
      isCurrent = false
    }
  }, [outbox, viewer.id])

  const finish = useCallback(
    async (sessionId: string): Promise<void> => {
      change(sessionId, { step: 'transcript', failure: null })
      try {
        const { remux } = await import('../realtime/remux.ts')
        const onStep = (step: SaveStep): void => change(sessionId, { step })
        const result = await withSessionLock(sessionId, () =>
          saveSession(sessionId, {
            api,
            outbox,
            remux,
            upload: uploadByPut,
            retry: { ...patientRetry, attempts: 4 },
            onStep,
          }),
        )
        if (result === taken) change(sessionId, { step: null, failure: 'Another tab is saving it now.' })
        else change(sessionId, { step: 'saved' })
      } catch (error) {
        change(sessionId, { step: null, failure: error instanceof Error ? error.message : 'It could not be saved.' })
      }
    },
    [api, outbox, change],
  )

  const discard = useCallback(
    async (sessionId: string): Promise<void> => {
      await outbox.removeSession(sessionId)
      remove(sessionId)
    },
    [outbox, remove],
  )

  return { saves, finish, discard, dismiss: remove }
}

async function findUnfinished(outbox: Outbox, viewerId: string): Promise<UnfinishedSave[]> {
  const found: UnfinishedSave[] = []
  for (const session of await outbox.listSessions(viewerId)) {
    if (!(await isSessionFree(session.sessionId))) continue
    const parts = await outbox.listParts(session.sessionId)
    const keptSeconds = parts.reduce((sum, part) => sum + part.durationMs / 1_000, 0)
    found.push({ session, keptSeconds, step: null, failure: null })
  }
  return found
}
