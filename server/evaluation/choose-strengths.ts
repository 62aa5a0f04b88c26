/** What went well: only what the numbers carry. */
import { type MeasureName, type SpeechMetrics, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import type { Tip } from '../domain/speaking-result.ts'
import type { Evidence } from './gates.ts'
import { listScales, scoreBy, toPoints } from './score-scales.ts'

const mostStrengths = 3
/** On a measure's scale: the average of B1, or our own middle. */
const strongPoints = 65
const longTurnSeconds = 10

const praise: Partial<Record<MeasureName, (value: number) => string>> = {
  speechRate: (value) => `You kept a good pace: ${Math.round(value)} syllables a minute, pauses counted.`,
  phonationTimeRatio: (value) =>
    `You kept talking: ${Math.round(value * 100)} % of your turns was speech, not silence.`,
  meanPauseSeconds: (value) => `Your pauses were short: ${value.toFixed(1)} s on average.`,
  mtld: () => 'You varied your words well: few came back soon after you had said them.',
  frequentWordShare: (value) =>
    `You went beyond everyday words: ${Math.round((1 - value) * 100)} of 100 words were rarer ones.`,
}

/** 1 to 3, the strongest first. */
export function chooseStrengths(metrics: SpeechMetrics, evidence: Evidence): Tip[] {
  const scales = [
    ...(scoreBy('fluency', metrics).value !== null && evidence.hasEnoughSpeech ? listScales('fluency', metrics) : []),
    ...(evidence.hasEnoughWords ? listScales('vocabulary', metrics) : []),
  ]
  const strong = scales.flatMap((scale) => {
    const value = valueOf(metrics, scale.measure)
    const words = praise[scale.measure]
    const points = value === null ? 0 : toPoints(scale, value)
    return value !== null && words && points >= strongPoints ? [{ text: words(value), points }] : []
  })
  const texts = strong.toSorted((a, b) => b.points - a.points).map(({ text }) => text)
  return [...texts, tellTurns(metrics), tellAmount(evidence)]
    .filter((text) => text !== null)
    .slice(0, mostStrengths)
    .map((text) => ({ text, quote: null, segmentItemId: null }))
}

function tellTurns(metrics: SpeechMetrics): string | null {
  const seconds = valueOf(metrics, 'meanTurnSeconds')
  const turns = valueOf(metrics, 'learnerTurns') ?? 0
  if (turns < 2 || seconds === null || seconds < longTurnSeconds) return null
  return `You gave full answers: ${Math.round(seconds)} s each on average.`
}

/** Always true: the gates let nothing pass with less. */
function tellAmount({ speechSeconds, ownWords, hasEnoughSpeech }: Evidence): string {
  return hasEnoughSpeech
    ? `You spoke for ${Math.round(speechSeconds)} s: practice that counts.`
    : `You said ${ownWords.length} words of your own in English: enough to look at your vocabulary.`
}
