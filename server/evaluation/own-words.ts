/** What the learner said in their own words. */
import type { SpokenSegment } from '../domain/speech-metrics/speech-metrics.ts'
import { listWords } from '../domain/speech-metrics/words.ts'

/** Those of the learner, whatever their text came from. */
export function listLearnerSegments(segments: readonly SpokenSegment[]): SpokenSegment[] {
  return segments.filter((segment) => segment.speaker === 'LEARNER')
}

/** Those whose words the learner chose: text that was matched from a reply card is the card's. */
export function listOwnSegments(segments: readonly SpokenSegment[]): SpokenSegment[] {
  return listLearnerSegments(segments).filter((segment) => segment.source !== 'MATCHED')
}

/** In lower case, with straight apostrophes inside (`don't`) and no other marks. */
export function toWords(text: string): string[] {
  return listWords([text]).map((word) => word.text)
}

/** With straight apostrophes and blanks for line breaks. Of the same length: a place in the one is the same place in the other. */
export function toPlainMarks(text: string): string {
  return text.replace(/[\u2019\u02BC]/gu, "'").replace(/\s/gu, ' ')
}
