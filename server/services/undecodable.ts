import type { UndecodableRecordingError } from '../audio/recording-decoder.ts'

/** They record Opus. Source: media-codings.com, on recording in all browsers; Safari was the last. */
const todo = 'Next time use Safari from version 18.4 on, Chrome, Edge or Firefox: they record in one that can be.'

/** A recording that cannot be decoded, as its learner reads of it: `missing` is what could not be done for that. */
export function toUndecodableFailure(
  { reason, message }: UndecodableRecordingError,
  missing: string,
): { code: string; message: string; retryable: boolean } {
  const kept = 'The recording is kept as it is: you can listen to it.'
  return {
    code: reason.toUpperCase().replaceAll('-', '_'),
    message: [message, `So ${missing}.`, kept, ...(reason === 'unknown-codec' ? [todo] : [])].join(' '),
    retryable: false,
  }
}
