import { useEffect, useState } from 'preact/hooks'
import { type FaultMessage, microphoneHelp } from '../../components/fault-messages.ts'
import { FaultNotice } from '../../components/FaultNotice.tsx'
import { LevelBars } from '../../components/LevelBars.tsx'
import { useLevel } from '../../hooks/use-level.ts'

const heardLevel = 0.35
/** Long enough to read the page and say something. */
const silentAfterMs = 8_000

/** Moves with the voice; once it has, it says so for those who do not see it. */
export function MicrophoneMeter({
  context,
  stream,
  silent = microphoneHelp.silent,
}: {
  context: AudioContext
  stream: MediaStream
  /** What is said when nothing has been heard for a while. */
  silent?: FaultMessage
}) {
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
      <LevelBars level={level} />
      <p class="soft" role="status">
        {isHeard ? 'We can hear you.' : 'Say something: the bars should move.'}
      </p>
      {isSilent && !isHeard && <FaultNotice message={silent} />}
    </div>
  )
}
