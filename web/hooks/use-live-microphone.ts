import { useCallback, useEffect, useState } from 'preact/hooks'
import type { LiveSession } from '../realtime/live-session.ts'
import {
  listMicrophones,
  MicrophoneError,
  openMicrophone,
  watchDevices,
  type MicrophoneDevice,
  type MicrophoneProblem,
} from '../realtime/microphone.ts'

export interface LiveMicrophone {
  devices: readonly MicrophoneDevice[]
  /** Of the one that is used now; '' for none. */
  deviceId: string
  /** The one that was lost, once it can be had again. */
  returned: MicrophoneDevice | null
  /** Why the last choice could not be had. */
  failure: MicrophoneProblem | null
  /** Without an id: whichever the browser gives. */
  choose: (deviceId?: string) => Promise<void>
}

/** Which microphones there are during a talk, and the way to another one without ending it. */
export function useLiveMicrophone(session: LiveSession): LiveMicrophone {
  const [devices, setDevices] = useState<readonly MicrophoneDevice[]>([])
  const [wasAbsent, setWasAbsent] = useState(false)
  const [failure, setFailure] = useState<MicrophoneProblem | null>(null)
  const { deviceId, label } = session.sound.microphone
  const isOurs = useCallback(
    (device: MicrophoneDevice) => device.label === label || (device.deviceId === deviceId && deviceId !== 'default'),
    [deviceId, label],
  )
  useEffect(() => {
    let isCurrent = true
    const look = async (): Promise<void> => {
      const found = await listMicrophones()
      if (!isCurrent) return
      setDevices(found)
      if (!found.some(isOurs)) setWasAbsent(true)
    }
    void look()
    const forget = watchDevices(() => void look())
    return () => {
      isCurrent = false
      forget()
    }
  }, [isOurs])

  const choose = useCallback(
    async (wantedId?: string): Promise<void> => {
      setFailure(null)
      try {
        await session.replaceMicrophone(await openMicrophone(wantedId))
        setWasAbsent(false)
      } catch (error) {
        setFailure(error instanceof MicrophoneError ? error.problem : 'unknown')
      }
    },
    [session],
  )
  const returned = wasAbsent ? (devices.find(isOurs) ?? null) : null
  return { devices, deviceId: deviceId ?? '', returned, failure, choose }
}
