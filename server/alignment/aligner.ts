/** The port to whoever finds the words of a known text in a recording. */

/** A word as it stands in the text, with its times in the audio. */
export interface AlignedWord {
  word: string
  startMs: number
  endMs: number
}

export interface Aligner {
  /**
   * One entry for each word of the text (parted by white space), in its order, times never falling. Null when the text
   * cannot be found in the audio, or nobody is there to look for it. It is no proof that the words were said.
   */
  align(audio: Int16Array, text: string): Promise<AlignedWord[] | null>
}

/** Samples a second of the audio that is aligned. */
export const alignedSampleRate = 16_000
