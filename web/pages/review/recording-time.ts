/**
 * Two clocks: a session's, in milliseconds from its start, which transcripts and measures use; and a recording's, in seconds from
 * its first sample, which players use. A recording begins after the session does, or a little before it.
 */

/** Where a recording lies in its session. */
export interface RecordingPlace {
  /** Of its first sample, from the start of the session; may be negative. */
  startMs: number
}

export interface TimeSpan {
  startMs: number
  endMs: number
}

/** Part of a track, in shares of its length, 0 to 1. */
export interface TrackPart {
  from: number
  length: number
}

/** Never before the first sample. */
export function toRecordingSeconds(sessionMs: number, { startMs }: RecordingPlace): number {
  return Math.max(0, (sessionMs - startMs) / 1_000)
}

export function toSessionMs(recordingSeconds: number, { startMs }: RecordingPlace): number {
  return recordingSeconds * 1_000 + startMs
}

/** Where on the recording's track something happened; null where that is not on it. */
export function toTrackPart(span: TimeSpan, place: RecordingPlace, durationSeconds: number): TrackPart | null {
  if (durationSeconds <= 0) return null
  const from = Math.min(1, toRecordingSeconds(span.startMs, place) / durationSeconds)
  const to = Math.min(1, toRecordingSeconds(span.endMs, place) / durationSeconds)
  return to > from ? { from, length: to - from } : null
}
