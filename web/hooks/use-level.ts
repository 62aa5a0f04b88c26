import { useEffect, useState } from 'preact/hooks'
import { createLevelMeter } from '../realtime/level-meter.ts'

/** How loud a stream is, 0 to 1, read 15 times a second; 0 without a stream. */
export function useLevel(context: AudioContext, stream: MediaStream | null): number {
  const [level, setLevel] = useState(0)
  useEffect(() => {
    if (!stream) {
      setLevel(0)
      return
    }
    const meter = createLevelMeter(context, stream)
    const timer = setInterval(() => setLevel(meter.read()), 66)
    return () => {
      clearInterval(timer)
      meter.close()
    }
  }, [context, stream])
  return level
}
