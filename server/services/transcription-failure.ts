import { UndecodableRecordingError } from '../audio/recording-decoder.ts'
import { StorageError } from '../domain/errors.ts'
import { TranscriptionError, type TranscriptionErrorCode } from '../transcription/transcriber.ts'
import { toUndecodableFailure } from './undecodable.ts'

/** Why a recording was not written down. */
export interface TranscriptionFault {
  code: string
  /** For its learner: what happened, what is safe, what to do. */
  message: string
  /** A new try of the learner's may succeed, if only once an administrator has changed something. */
  retryable: boolean
  /** The same try may succeed a little later. */
  isPassing: boolean
}

/** The store does not have the audio. */
export class RecordingGoneError extends Error {
  override name = 'RecordingGoneError'
}

const safe = 'Your recording is safe.'
const askAdministrator = `${safe} Ask the administrator of this installation to look at it, then try again, or type what you said.`

const transcriberFaults: Record<TranscriptionErrorCode, { message: string; retryable: boolean }> = {
  TRANSCRIBER_UNAVAILABLE: {
    message: `The speech recognition did not answer, several times. ${safe} Try again later, or type what you said.`,
    retryable: true,
  },
  TRANSCRIBER_REFUSED: {
    message: `The speech recognition does not serve this installation: its key is wrong, or its quota is used up. ${askAdministrator}`,
    retryable: true,
  },
  TRANSCRIBER_REJECTED: {
    message: `The speech recognition did not take this recording. ${askAdministrator}`,
    retryable: true,
  },
  TRANSCRIBER_INVALID: {
    message: `The answer of the speech recognition made no sense. ${askAdministrator}`,
    retryable: true,
  },
  RECORDING_TOO_LONG: {
    message: `This recording is too long for the speech recognition. ${safe} You can type what you said.`,
    retryable: false,
  },
}

/** What is nobody's known fault may come right, and is INTERNAL. */
export function toTranscriptionFault(error: unknown): TranscriptionFault {
  if (error instanceof TranscriptionError)
    return { code: error.code, ...transcriberFaults[error.code], isPassing: error.isRetryable }
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    const code = 'TRANSCRIBER_UNAVAILABLE'
    return { code, ...transcriberFaults[code], isPassing: true }
  }
  if (error instanceof UndecodableRecordingError) {
    const missing = 'what you said could not be written down: you can type it'
    return { ...toUndecodableFailure(error, missing), isPassing: false }
  }
  if (error instanceof RecordingGoneError) {
    const message =
      'The audio of this recording is not in the store, so what you said could not be written down. Ask the administrator of this installation to look at the store, then try again, or type what you said.'
    return { code: 'RECORDING_GONE', message, retryable: true, isPassing: false }
  }
  if (error instanceof StorageError) {
    const message = `The store of recordings could not be reached, so what you said was not written down. ${safe} Try again later.`
    return { code: error.code, message, retryable: true, isPassing: true }
  }
  return internalFault
}

/** Also for who was killed at the last try, and could not say more. */
export const internalFault: TranscriptionFault = {
  code: 'INTERNAL',
  message: `Something went wrong while what you said was written down. ${safe} Try again, or type what you said.`,
  retryable: true,
  isPassing: true,
}
