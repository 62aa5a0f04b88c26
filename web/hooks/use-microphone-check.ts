import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import {
  listMicrophones,
  MicrophoneError,
  openMicrophone,
  openSilentMicrophone,
  watchDevices,
  type Microphone,
  type MicrophoneDevice,
  type MicrophoneProblem,
} from '../realtime/microphone.ts'

export type CheckStatus = 'asking' | 'ready' | MicrophoneProblem

/**
 * Opens the microphone for a look at its level, and hands it over for the call. What was not handed over is closed
 * when the page is left. `choose` opens another device; `ask` asks again after a refusal.
 */
export function useMicrophoneCheck() {
  const [status, setStatus] = useState<CheckStatus>('asking')
  const [microphone, setMicrophone] = useState<Microphone | null>(null)
  const [devices, setDevices] = useState<MicrophoneDevice[]>([])
  const [context] = useState(() => new AudioContext())
  const held = useRef<Microphone | null>(null)
  const isHandedOver = useRef(false)

  const open = useCallback(async (deviceId?: string): Promise<void> => {
    setStatus('asking')
    try {
      const opened = await openMicrophone(deviceId)
      held.current?.close()
      held.current = opened
      opened.onLost(() => setStatus('missing'))
      setMicrophone(opened)
      setStatus('ready')
      setDevices(await listMicrophones())
    } catch (error) {
      setMicrophone(null)
      setStatus(error instanceof MicrophoneError ? error.problem : 'unknown')
    }
  }, [])

  useEffect(() => {
    void open()
    const forgetDevices = watchDevices(() => void listMicrophones().then(setDevices))
    // A browser lets sound begin only after the visitor has touched the page.
    const resume = (): void => void context.resume()
    addEventListener('pointerdown', resume)
    addEventListener('keydown', resume)
    return () => {
      forgetDevices()
      removeEventListener('pointerdown', resume)
      removeEventListener('keydown', resume)
      if (isHandedOver.current) return
      held.current?.close()
      void context.close()
    }
  }, [context, open])

  const handOver = useCallback((): { microphone: Microphone; context: AudioContext } => {
    isHandedOver.current = true
    return { microphone: held.current ?? openSilentMicrophone(context), context }
  }, [context])

  /** The session did not begin: the microphone is this page's again. */
  const takeBack = useCallback(() => {
    isHandedOver.current = false
  }, [])

  return { status, microphone, devices, context, choose: open, ask: () => open(), handOver, takeBack }
}
