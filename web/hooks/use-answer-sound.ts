import { useEffect, useState } from 'preact/hooks'
import { readAnswerSound } from '../realtime/answer-sound.ts'
import type { Outbox } from '../realtime/outbox.ts'
import { remuxWhenNeeded } from '../realtime/remux-when-needed.ts'

/** The address of an answer that this browser still holds; null until it is put together, and where there is no sound. */
export function useAnswerSound(outbox: Outbox, sessionId: string, part: number): string | null {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let made: string | null = null
    let isGone = false
    void readAnswerSound(outbox, { sessionId, part }, remuxWhenNeeded).then((sound) => {
      if (!sound || isGone) return
      made = URL.createObjectURL(sound)
      setUrl(made)
    })
    return () => {
      isGone = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [outbox, sessionId, part])
  return url
}
