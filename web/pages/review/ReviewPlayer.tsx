import { useState } from 'preact/hooks'
import { AudioPlayer } from '../../components/AudioPlayer.tsx'
import type { TimeSpan } from './recording-time.ts'
import type { ReviewRecordingFragment, SegmentPartsFragment } from '../../gql/documents.ts'
import type { Player } from '../../hooks/use-player.ts'
import { choosePauseMarks } from './pause-marks.ts'
import { WaveTrack } from './WaveTrack.tsx'

export interface ReviewPlayerProps {
  player: Player
  recording: ReviewRecordingFragment
  segments: readonly SegmentPartsFragment[]
  /** Inside the learner's turns, 250 ms and more; empty where none were measured. */
  pauses: readonly TimeSpan[]
}

/** The player, with a waveform once the recording was measured; without, or where it cannot be drawn, the plain one. */
export function ReviewPlayer({ player, recording, segments, pauses }: ReviewPlayerProps) {
  const [isPlain, setIsPlain] = useState(false)
  const [hasPauses, setHasPauses] = useState(true)
  const peaks = recording.peaks ?? []
  if (isPlain || peaks.length === 0 || player.duration === 0) return <AudioPlayer player={player} />
  const marks = choosePauseMarks(pauses)
  return (
    <AudioPlayer
      player={player}
      track={
        <WaveTrack
          peaks={peaks}
          durationSeconds={Math.round(player.duration * 10) / 10}
          position={player.position}
          onFail={() => setIsPlain(true)}
          place={recording}
          turns={segments}
          pauses={hasPauses ? marks.pauses : []}
        />
      }
      legend={
        <div class="player__legend small">
          <span class="key" data-kind="turn">
            You
          </span>
          <span class="key" data-kind="partner-turn">
            Partner
          </span>
          {marks.pauses.length > 0 && (
            <label class="key" data-kind="pause">
              <input
                type="checkbox"
                checked={hasPauses}
                onChange={(event) => setHasPauses(event.currentTarget.checked)}
              />
              <span>Pauses from {marks.thresholdMs / 1_000} s</span>
            </label>
          )}
        </div>
      }
    />
  )
}
