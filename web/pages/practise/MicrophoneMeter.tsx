import { useEffect, useState } from 'preact/hooks'
import { microphoneHelp } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { useLevel } from '../../hooks/use-level.ts'

const bars = 24
const heardLevel = 0.35
/** Long enough to read the page and say something. */
const silentAfterMs = 8_000

/** Moves with the voice; once it has, it says so for those who do not see it. */
export function MicrophoneMeter({ context, stream }: { context: AudioContext; stream: MediaStream }) {
  const level = useLevel(context, stream)
  const [isHeard, setIsHeard] = useState(false)
  const [isSilent, setIsSilent] = useState(false)
  useEffect(() => {
    setIsHeard(false)
    setIsSilent(false)
    const timer = setTimeout(() => setIsSilent(true), silentAfterMs)
    return () => clearTimeout(timer)
  }, [stream])
  useEffect(() => {
    if (level > heardLevel) setIsHeard(true)
  }, [level])
  return (
    <div class="meter">
      <div
        class="meter__bars"
        role="meter"
        aria-label="Microphone level"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(level * 100)}
      >
        {Array.from({ length: bars }, (_, index) => (
          <span key={index} class="meter__bar" data-on={level * bars > index} />
        ))}
      </div>
      <p class="soft" role="status">
        {isHeard ? 'We can hear you.' : 'Say something: the bars should move.'}
      </p>
      {isSilent && !isHeard && <FaultNotice message={microphoneHelp.silent} />}
    </div>
  )
}
