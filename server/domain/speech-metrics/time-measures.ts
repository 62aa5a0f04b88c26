/** Pace and pauses. Formulas: docs/speech-metrics.md. */
import { nothingSaid, noTranscript, missing, type Reading } from './reading.ts'
import type { LearnerTurn, LearnerTurns } from './learner-turns.ts'
import { lengthOf, totalLength, type Span } from './spans.ts'
import type { SpeechInput } from './speech-metrics.ts'

/** No rate from less: a few words more or fewer would change it too much. */
export const leastRateSeconds = 20
/** In a conversation only turns so long are compared with tables made from monologues. */
const leastComparedTurnMs = 5_000
const pauseThresholdMs = 250

type Name =
  | 'wpm'
  | 'speechRate'
  | 'articulationRate'
  | 'phonationTimeRatio'
  | 'meanLengthOfRun'
  | 'meanPauseSeconds'
  | 'medianPauseSeconds'
  | 'pausesPerMinute'
  | 'pausesPerMinute200'
  | 'pausesPerMinute350'

export function measureTime(learner: LearnerTurns, kind: SpeechInput['kind']): Record<Name, Reading> {
  const all = toSample(learner, learner.measured, '')
  const isLong = (turn: LearnerTurn): boolean => lengthOf(turn) >= leastComparedTurnMs
  const compared =
    kind === 'CONVERSATION'
      ? toSample(learner, learner.measured.filter(isLong), ' in turns of 5 seconds and more')
      : all
  return {
    wpm: all.needWords(() => (60_000 * all.words) / all.timeMs),
    speechRate: compared.needWords(() => (60_000 * compared.syllables) / compared.timeMs),
    articulationRate: compared.needWords(() =>
      compared.needPauses(() => (60_000 * compared.syllables) / compared.soundMs(pauseThresholdMs)),
    ),
    phonationTimeRatio: compared.needPauses(() => compared.soundMs(pauseThresholdMs) / compared.timeMs),
    meanLengthOfRun: compared.needWords(() =>
      compared.needPauses(() => compared.syllables / (compared.pauses(pauseThresholdMs).length + compared.turns)),
    ),
    meanPauseSeconds: compared.needPauses(() => ofPauses(compared.pauses(pauseThresholdMs), mean)),
    medianPauseSeconds: all.needPauses(() => ofPauses(all.pauses(pauseThresholdMs), median)),
    pausesPerMinute: all.needPauses(() => perMinute(all, pauseThresholdMs)),
    pausesPerMinute200: all.needPauses(() => perMinute(all, 200)),
    pausesPerMinute350: all.needPauses(() => perMinute(all, 350)),
  }
}

/** Some turns of the learner, added up; what is taken of them is taken only where there is enough. */
interface Sample {
  turns: number
  timeMs: number
  words: number
  syllables: number
  pauses(leastMs: number): Span[]
  soundMs(leastMs: number): number
  needWords(measure: () => Reading): Reading
  needPauses(measure: () => Reading): Reading
}

function toSample(learner: LearnerTurns, turns: readonly LearnerTurn[], where: string): Sample {
  const timeMs = totalLength(turns)
  const silences = turns.flatMap((turn) => turn.silences)
  const pauses = (leastMs: number): Span[] => silences.filter((silence) => lengthOf(silence) >= leastMs)
  const tooShort = explainTooShort(learner, timeMs, where)
  const canSeePauses = learner.pauseSource === 'ENVELOPE' || silences.length > 0
  return {
    turns: turns.length,
    timeMs,
    words: turns.reduce((sum, turn) => sum + turn.words, 0),
    syllables: turns.reduce((sum, turn) => sum + turn.syllables, 0),
    pauses,
    soundMs: (leastMs) => timeMs - totalLength(pauses(leastMs)),
    needWords: (measure) => (learner.hasTranscript ? (tooShort ?? measure()) : missing(noTranscript)),
    needPauses: (measure) =>
      tooShort ??
      (canSeePauses ? measure() : missing('Pauses are read from the recording, and no sound of this was measured.')),
  }
}

function explainTooShort(learner: LearnerTurns, timeMs: number, where: string): Reading | null {
  if (timeMs >= leastRateSeconds * 1_000) return null
  if (learner.turns.length === 0 && !learner.hasTranscript) return missing(nothingSaid)
  const seconds = Math.floor(timeMs / 1_000)
  const unit = seconds === 1 ? 'second' : 'seconds'
  return missing(`This needs ${leastRateSeconds} seconds of your speech${where}; there are ${seconds} ${unit}.`)
}

function ofPauses(pauses: readonly Span[], average: (seconds: number[]) => number): Reading {
  if (pauses.length === 0) return missing(`You made no pause of ${pauseThresholdMs} milliseconds or more.`)
  return average(pauses.map((pause) => lengthOf(pause) / 1_000))
}

function perMinute(sample: Sample, leastMs: number): number {
  return (60_000 * sample.pauses(leastMs).length) / sample.soundMs(leastMs)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]]
  return (low + high) / 2
}
