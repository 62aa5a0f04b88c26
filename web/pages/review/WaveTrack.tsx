import type { ComponentChildren } from 'preact'
import { type RecordingPlace, type TimeSpan, toTrackPart } from './recording-time.ts'
import { Waveform, type WaveformProps } from './Waveform.tsx'

export interface WaveTrackProps extends WaveformProps {
  place: RecordingPlace
  turns: readonly (TimeSpan & { speaker: 'LEARNER' | 'PARTNER' })[]
  /** Nothing where they are not to be shown. */
  pauses: readonly TimeSpan[]
}

/** The recording as a picture: how loud, who spoke when, where the learner paused. The transcript tells the same in words. */
export function WaveTrack({ place, turns, pauses, ...waveform }: WaveTrackProps) {
  const mark = (span: TimeSpan, kind: string, key: string): ComponentChildren => {
    const part = toTrackPart(span, place, waveform.durationSeconds)
    const style = part && { left: `${part.from * 100}%`, width: `${part.length * 100}%` }
    return style && <span key={key} class="waveform__mark" data-kind={kind} style={style} />
  }
  return (
    <div class="waveform" aria-hidden="true">
      {turns.map((turn, index) => turn.speaker === 'PARTNER' && mark(turn, 'partner', `partner-${index}`))}
      <Waveform {...waveform} />
      {turns.map((turn, index) => mark(turn, turn.speaker === 'PARTNER' ? 'partner-turn' : 'turn', `turn-${index}`))}
      {pauses.map((pause, index) => mark(pause, 'pause', `pause-${index}`))}
    </div>
  )
}
