/**
 * What was said in a recording, as segments of the transcript. A segment ends with a sentence, and at a pause of 1.2 s where the
 * times are known: between words that have times of their own, and between passages. Words without times are spread over the
 * speech in their passage, each by its number of letters, so that silence is nobody's word. Pure.
 */
import type { Span } from '../domain/speech-metrics/spans.ts'
import type { SegmentInput } from '../domain/transcript.ts'
import type { Passage, PassageWord } from './transcriber.ts'

/** As in what a learner writes down himself: the shortest pause after which a partner would have answered. */
const partingPauseMs = 1_200
const sentenceEnd = /[.!?…]["'”’)\]]*$/u

interface PlacedWord extends PassageWord {
  passage: Passage
}

/** Where the words belong. */
export interface RecordingPlace {
  id: string
  /** From the start of the session. */
  startMs: number
  taskId: string | null
}

/** `speech` are the stretches of speech in the recording, in milliseconds from its first sample, in order. */
export function toRecognisedSegments(
  passages: readonly Passage[],
  speech: readonly Span[],
  recording: RecordingPlace,
): SegmentInput[] {
  const groups: PlacedWord[][] = []
  for (const word of passages.flatMap((passage) => placeWords(passage, speech))) {
    const group = groups.at(-1)
    const last = group?.at(-1)
    if (group && last && !isParted(last, word)) group.push(word)
    else groups.push([word])
  }
  return groups.map((group, index) => ({
    itemId: toItemId(recording.id, index + 1),
    callNumber: 1,
    // Recordings of a session stand in the order of their times, each with its segments together.
    previousItemId: index === 0 ? null : toItemId(recording.id, index),
    source: 'RECOGNISED',
    speaker: 'LEARNER',
    text: group.map(({ word }) => word).join(' '),
    startMs: Math.round(recording.startMs + (group[0]?.startMs ?? 0)),
    endMs: Math.round(recording.startMs + Math.max(...group.map(({ endMs }) => endMs))),
    final: true,
    interrupted: false,
    taskId: recording.taskId,
  }))
}

/** Whether the segment was written down from this recording. */
export function isOfRecording(segment: { itemId: string }, recordingId: string): boolean {
  return segment.itemId.startsWith(toItemId(recordingId, ''))
}

function toItemId(recordingId: string, number: number | ''): string {
  return `recording-${recordingId}-${number}`
}

function isParted(last: PlacedWord, next: PlacedWord): boolean {
  if (sentenceEnd.test(last.word)) return true
  const isKnown = last.passage !== next.passage || next.passage.words !== null
  return isKnown && next.startMs - last.endMs >= partingPauseMs
}

function placeWords(passage: Passage, speech: readonly Span[]): PlacedWord[] {
  if (passage.words) return passage.words.map((word) => ({ ...word, passage }))
  const words = passage.text.split(' ')
  const spans = speechIn(passage, speech)
  // A word is as long as its letters and the blank after it.
  const wholeLength = words.reduce((sum, word) => sum + word.length + 1, 0)
  let before = 0
  return words.map((word) => {
    const startMs = placeAt(spans, before / wholeLength, 'next')
    before += word.length + 1
    return { word, startMs, endMs: Math.max(startMs, placeAt(spans, before / wholeLength, 'last')), passage }
  })
}

/** The speech within the passage; all of it where none was found. */
function speechIn(passage: Passage, speech: readonly Span[]): Span[] {
  const spans = speech
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, passage.startMs),
      endMs: Math.min(endMs, passage.endMs),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs)
  return spans.length > 0 ? spans : [passage]
}

/** Where that share of the speech lies. Between two spans it is the end of the last or the start of the next. */
function placeAt(spans: readonly Span[], share: number, side: 'last' | 'next'): number {
  let leftMs = share * spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
  for (const [index, { startMs, endMs }] of spans.entries()) {
    const lengthMs = endMs - startMs
    const isHere = side === 'last' ? leftMs <= lengthMs : leftMs < lengthMs
    if (isHere || index === spans.length - 1) return startMs + Math.min(leftMs, lengthMs)
    leftMs -= lengthMs
  }
  return 0
}
