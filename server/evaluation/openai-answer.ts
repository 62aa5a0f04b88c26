/** What a language model may answer, and what of it is believed: everything has to be in bounds, every quote in the transcript. */
import { z } from 'zod'
import { type CefrLevel, cefrLevels } from '../domain/cefr-level.ts'
import { type SpokenSegment, valueOf } from '../domain/speech-metrics/speech-metrics.ts'
import { type SpeakingEvaluationInput } from './evaluator.ts'
import {
  type ScoreBasis,
  scoreNames,
  type SpeakingResult,
  type SpeakingScores,
  type Tip,
  type Withheld,
} from '../domain/speaking-result.ts'
import type { Evidence } from './gates.ts'
import { findVerbatim } from './quote.ts'
import { listScales } from './score-scales.ts'
import { parseJson, toStrictJsonSchema } from './strict-json.ts'

const mostOfEach = 3
const mostLevels = 3

const text = z.string().refine((value) => value.trim() !== '')
const level = z.enum(cefrLevels)
const score = z.int().min(0).max(100).nullable()
const tip = z.object({ text, quote: z.string().nullable(), segment: z.int().nullable() })

const answerSchema = z.object({
  overallLevel: level.nullable(),
  levelRange: z.array(level),
  confidence: z.number().min(0).max(1).nullable(),
  scores: z.object({ fluency: score, accuracy: score, grammar: score, vocabulary: score, coherence: score }),
  strengths: z.array(tip),
  rationale: text,
  tips: z.array(tip),
})
type Answer = z.infer<typeof answerSchema>
type ClaimedTip = z.infer<typeof tip>

export const answerJsonSchema = toStrictJsonSchema(answerSchema)

/** The answer as a result; null where it is not what was asked for. */
export function readAnswer(
  json: string,
  model: string,
  input: SpeakingEvaluationInput,
  evidence: Evidence,
): SpeakingResult | null {
  const answer = answerSchema.safeParse(parseJson(json)).data
  if (!answer || !isLevelInOrder(answer)) return null
  const withheldNames = new Set(evidence.withheld.map(({ measure }) => measure))
  const scores = Object.fromEntries(
    scoreNames.map((name) => [name, withheldNames.has(name) ? null : answer.scores[name]]),
  ) as SpeakingScores
  const hasLevel = evidence.hasEnoughWords && answer.overallLevel !== null
  return {
    scorer: model,
    overallLevel: hasLevel ? answer.overallLevel : null,
    levelRange: hasLevel ? toSorted(answer.levelRange) : [],
    confidence: hasLevel ? answer.confidence : null,
    withheld: listWithheld(scores, hasLevel, evidence),
    scores,
    scoreBasis: {
      fluency: scores.fluency === null ? [] : listFluencyBasis(input),
      accuracy: [],
      grammar: [],
      vocabulary: [],
      coherence: [],
    },
    strengths: keepVerbatim(answer.strengths, input, evidence),
    rationale: answer.rationale.trim(),
    tips: keepVerbatim(answer.tips, input, evidence),
  }
}

/** Neighbours, with the level among them; no range and no confidence without a level. */
function isLevelInOrder({ overallLevel, levelRange, confidence }: Answer): boolean {
  if (overallLevel === null) return levelRange.length === 0 && confidence === null
  const places = toSorted(levelRange).map((one) => cefrLevels.indexOf(one))
  const areNeighbours = places.every((place, index) => place === (places[0] ?? 0) + index)
  return confidence !== null && levelRange.includes(overallLevel) && areNeighbours && places.length <= mostLevels
}

function toSorted(levels: readonly CefrLevel[]): CefrLevel[] {
  return levels.toSorted((a, b) => cefrLevels.indexOf(a) - cefrLevels.indexOf(b))
}

/** A tip that claims words nobody said is gone: what it says of them is made up too. */
function keepVerbatim(claimed: readonly ClaimedTip[], input: SpeakingEvaluationInput, evidence: Evidence): Tip[] {
  return claimed
    .flatMap(({ text: said, quote, segment }): Tip[] => {
      if (quote === null) return [{ text: said.trim(), quote: null, segmentItemId: null }]
      const named = segment === null ? undefined : input.segments[segment - 1]
      const found = findVerbatim(quote, putFirst(evidence.ownSegments, named))
      return found ? [{ text: said.trim(), ...found }] : []
    })
    .slice(0, mostOfEach)
}

/** The segment that was named is looked at first; one that is not the learner's own is not looked at. */
function putFirst(segments: readonly SpokenSegment[], named: SpokenSegment | undefined): SpokenSegment[] {
  const isNamed = (segment: SpokenSegment): boolean => segment.itemId === named?.itemId
  return [...segments.filter(isNamed), ...segments.filter((segment) => !isNamed(segment))]
}

function listWithheld(scores: SpeakingScores, hasLevel: boolean, evidence: Evidence): Withheld[] {
  const known = new Set(evidence.withheld.map(({ measure }) => measure))
  const unscored = scoreNames.filter((name) => scores[name] === null && !known.has(name))
  const levelReason = evidence.hasEnoughWords
    ? 'The model found too little evidence for a level.'
    : 'A level needs more words of your own.'
  return [
    ...evidence.withheld,
    ...unscored.map((measure) => ({ measure, reason: 'The model found too little evidence for this score.' })),
    ...(hasLevel ? [] : [{ measure: 'level', reason: levelReason }]),
  ]
}

/** The model is told all measures; these are those of pace and pauses. */
function listFluencyBasis({ metrics }: SpeakingEvaluationInput): ScoreBasis[] {
  return listScales('fluency', metrics).flatMap(({ measure, betterWhen }) => {
    const value = valueOf(metrics, measure)
    return value === null ? [] : [{ measure, value, betterWhen }]
  })
}
