import { useCallback, useEffect } from 'preact/hooks'
import type { LiveSession } from '../realtime/live-session.ts'

const key = 'parley-push-to-talk'

/** Switches push-to-talk on and off, and begins as the learner last left it in this browser. */
export function usePushToTalk({ pushToTalk, sound }: LiveSession): (isOn: boolean) => void {
  useEffect(() => {
    if (sound.microphone.hasVoice && isRemembered()) pushToTalk.set(true)
  }, [pushToTalk, sound])
  return useCallback(
    (isOn) => {
      pushToTalk.set(isOn)
      remember(isOn)
    },
    [pushToTalk],
  )
}

function isRemembered(): boolean {
  try {
    return localStorage.getItem(key) === 'on'
  } catch {
    return false
  }
}

/** A browser that keeps nothing asks again next time. */
function remember(isOn: boolean): void {
  try {
    localStorage.setItem(key, isOn ? 'on' : 'off')
  } catch {}
}
