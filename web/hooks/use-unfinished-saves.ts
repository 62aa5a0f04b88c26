import { useEffect, useState } from 'preact/hooks'
import { UnfinishedSaves, type UnfinishedSave } from '../realtime/unfinished-saves.ts'
import { uploadByPut } from '../realtime/upload.ts'
import { useViewer } from './use-account.ts'
import { useServices } from './use-services.ts'

const nothing: readonly UnfinishedSave[] = []

/** What an earlier visit left unsaved in this browser. It saves itself while a page shows it. */
export function useUnfinishedSaves() {
  const { outbox, api } = useServices()
  const viewer = useViewer()
  const [unfinished, setUnfinished] = useState<UnfinishedSaves | null>(null)
  const [saves, setSaves] = useState(nothing)
  useEffect(() => {
    const found = new UnfinishedSaves({
      viewerId: viewer.id,
      api,
      outbox,
      upload: uploadByPut,
      remux: async (...recording) => (await import('../realtime/remux.ts')).remux(...recording),
    })
    const forget = found.subscribe(() => setSaves(found.get()))
    setUnfinished(found)
    // Where the browser keeps nothing there is nothing to finish.
    void found.start().catch(() => undefined)
    return () => {
      forget()
      found.close()
    }
  }, [api, outbox, viewer.id])
  return { saves, unfinished }
}
