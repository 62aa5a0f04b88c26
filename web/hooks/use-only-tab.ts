import { useEffect, useState } from 'preact/hooks'
import { taken, untilFree, withSessionLock } from '../realtime/session-lock.ts'

export type TabState = 'asking' | 'mine' | 'elsewhere'

/** Whether this tab is the one that works on something; when the other tab lets go, this one takes over. */
export function useOnlyTab(name: string): TabState {
  const [state, setState] = useState<TabState>('asking')
  useEffect(() => {
    const gone = new AbortController()
    let release = (): void => undefined
    const hold = (): Promise<void> =>
      new Promise((resolve) => {
        if (gone.signal.aborted) return resolve()
        release = resolve
        setState('mine')
      })
    const ask = async (): Promise<void> => {
      while (!gone.signal.aborted && (await withSessionLock(name, hold)) === taken) {
        if (!gone.signal.aborted) setState('elsewhere')
        await untilFree(name)
      }
    }
    void ask()
    return () => {
      gone.abort()
      release()
    }
  }, [name])
  return state
}
