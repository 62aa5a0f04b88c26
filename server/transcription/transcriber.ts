/** The port to whoever writes down what a learner said in a recording, where no live partner did. */

/** Writes English down, word for word. */
export interface Transcriber {
  /** May change while the server runs; quick, for the answer is kept for a minute. Never rejects. */
  isAvailable(): Promise<boolean>
  /**
   * `samples` are the learner's alone, 16 kHz. Nothing that was said stands in an error. Throws TranscriptionError, and the
   * signal's reason once that is aborted.
   */
  transcribe(samples: Int16Array, signal: AbortSignal): Promise<Transcription>
}

export interface Transcription {
  /** Who wrote it down, as a transcript names it. */
  provider: string
  model: string
  /** As it was told or recognised, in two letters; null when it was not. */
  language: string | null
  /** In order of time; none where nobody spoke. */
  passages: Passage[]
}

/** A stretch of sound with what was said in it. Milliseconds from the first sample. */
export interface Passage {
  text: string
  startMs: number
  endMs: number
  /** As parted by white space in the text, with their times; null where those are not known. */
  words: PassageWord[] | null
}

export interface PassageWord {
  word: string
  startMs: number
  endMs: number
}

export type TranscriptionErrorCode =
  /** It cannot be reached, is busy, has a fault of its own, or has nothing to write down with. */
  | 'TRANSCRIBER_UNAVAILABLE'
  /** It does not take this installation's key, or its quota is used up. */
  | 'TRANSCRIBER_REFUSED'
  /** It does not take this sound, or this model. */
  | 'TRANSCRIBER_REJECTED'
  | 'RECORDING_TOO_LONG'
  /** Its answer makes no sense. */
  | 'TRANSCRIBER_INVALID'

/** There is no transcription. The message is for whoever runs the installation. */
export class TranscriptionError extends Error {
  override name = 'TranscriptionError'
  readonly code: TranscriptionErrorCode
  /** The same try may succeed later without anyone changing anything. */
  readonly isRetryable: boolean
  constructor(code: TranscriptionErrorCode, message: string, isRetryable: boolean) {
    super(message)
    this.code = code
    this.isRetryable = isRetryable
  }
}

/** Samples a second of the audio that is transcribed. */
export const transcribedSampleRate = 16_000
