/** The plain-language account of a local result: what was measured, on what, and what was not. */
import type { LevelEstimate } from '../domain/speech-metrics/estimate-level.ts'
import type { MeasureName } from '../domain/speech-metrics/speech-metrics.ts'
import type { SpeakingEvaluationInput } from './evaluator.ts'
import type { ScoreBasis } from '../domain/speaking-result.ts'
import type { Evidence } from './gates.ts'
import type { Score } from './score-scales.ts'

const tellMeasure: Partial<Record<MeasureName, (value: number) => string>> = {
  speechRate: (value) => `${Math.round(value)} syllables a minute with pauses`,
  articulationRate: (value) => `${Math.round(value)} without them`,
  phonationTimeRatio: (value) => `${Math.round(value * 100)} % of your turns filled with speech`,
  meanPauseSeconds: (value) => `pauses of ${value.toFixed(1)} s on average`,
  pausesPerMinute: (value) => `${Math.round(value)} pauses a minute`,
  mtld: (value) => `variety of words (MTLD ${Math.round(value)})`,
  mattr: (value) => `different words in each 50 (${Math.round(value * 100)} %)`,
  hdd: (value) => `variety by chance (HD-D ${value.toFixed(2)})`,
  frequentWordShare: (value) => `everyday words (${Math.round(value * 100)} %)`,
}

export function explainResult(
  input: SpeakingEvaluationInput,
  evidence: Evidence,
  scores: { fluency: Score; vocabulary: Score },
  estimate: LevelEstimate,
): string {
  return [
    `This was counted, not read by a person or a language model: ${Math.round(evidence.speechSeconds)} s of your speech, with ` +
      `${evidence.ownWords.length} words of your own.`,
    explainScore('Fluency', scores.fluency),
    scores.fluency.value !== null && explainPauses(input),
    explainScore('Vocabulary', scores.vocabulary),
    'Counting cannot tell whether what you said is correct or hangs together, so accuracy, grammar and coherence have no score.',
    explainLevel(estimate),
  ]
    .filter((sentence) => sentence !== false)
    .join(' ')
}

function explainScore(name: string, { value, basis }: Score): string {
  if (value === null) return `${name} has no score: there was not enough to measure.`
  return `${name} rests on ${basis.map(toWords).join(', ')}.`
}

function toWords({ measure, value }: ScoreBasis): string {
  return tellMeasure[measure]?.(value) ?? `${measure} ${value}`
}

function explainPauses({ metrics }: SpeakingEvaluationInput): string {
  return metrics.pauseSource === 'ENVELOPE'
    ? 'Pauses were found in the sound itself.'
    : 'No sound was measured, so pauses inside it are unknown and play no part.'
}

function explainLevel({ level, votes, notes }: LevelEstimate): string {
  if (level === null) return 'There was too little to estimate a level.'
  return `The level compares ${votes.length} of these numbers with the averages of other learners. ${notes.join(' ')}`
}
