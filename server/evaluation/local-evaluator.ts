/** Judges by counting alone: the same speech always gets the same result, nothing leaves the installation. */
import { estimateLevel } from '../domain/speech-metrics/estimate-level.ts'
import { chooseStrengths } from './choose-strengths.ts'
import { chooseTips } from './choose-tips.ts'
import type { SpeakingEvaluationInput, SpeakingEvaluator } from './evaluator.ts'
import type { SpeakingResult, Withheld } from '../domain/speaking-result.ts'
import { explainResult } from './explain-result.ts'
import { type Evidence, passGates } from './gates.ts'
import { type Score, scoreBy } from './score-scales.ts'

/** The number rises when any score, level or tip may come out differently. */
export const localScorer = 'local/1'

const notJudged: Score = { value: null, basis: [] }

export function createLocalEvaluator(): SpeakingEvaluator {
  return {
    scorer: localScorer,
    // Async: what cannot be scored is a rejection, as with the scorers that are asked over a network.
    evaluate: async (input, signal) => {
      signal.throwIfAborted()
      return evaluate(input)
    },
  }
}

function evaluate(input: SpeakingEvaluationInput): SpeakingResult {
  const evidence = passGates(input)
  const fluency = evidence.hasEnoughSpeech ? scoreBy('fluency', input.metrics) : notJudged
  const vocabulary = evidence.hasEnoughWords ? scoreBy('vocabulary', input.metrics) : notJudged
  const estimate = estimateLevel(input.metrics, input.kind)
  return {
    scorer: localScorer,
    overallLevel: estimate.level,
    levelRange: estimate.range,
    confidence: estimate.confidence,
    withheld: listWithheld(evidence, { fluency, vocabulary }, estimate.withheld),
    scores: { fluency: fluency.value, accuracy: null, grammar: null, vocabulary: vocabulary.value, coherence: null },
    scoreBasis: { fluency: fluency.basis, accuracy: [], grammar: [], vocabulary: vocabulary.basis, coherence: [] },
    strengths: chooseStrengths(input.metrics, evidence),
    rationale: explainResult(input, evidence, { fluency, vocabulary }, estimate),
    tips: chooseTips(input, evidence, estimate),
  }
}

/** One reason for each: what counting cannot do comes before what this session lacks. */
function listWithheld(
  evidence: Evidence,
  scores: { fluency: Score; vocabulary: Score },
  ofLevel: readonly Withheld[],
): Withheld[] {
  const all = [...beyondCounting, ...evidence.withheld, ...listUnmeasured(scores), ...ofLevel]
  return [...new Map(all.toReversed().map((withheld) => [withheld.measure, withheld])).values()].toReversed()
}

const beyondCounting: Withheld[] = [
  { measure: 'accuracy', reason: 'Counting words and pauses cannot tell whether what you said is correct.' },
  {
    measure: 'grammar',
    reason: 'Counting finds only a few sure slips, and cannot judge the rest.',
  },
  { measure: 'coherence', reason: 'Counting cannot tell how well your ideas hang together.' },
]

const noPace = 'A fluency score needs the pace of your words, and they could not be counted here.'
const tooFewMeasures = 'Too little of the words could be measured for a score; each number says why.'

function listUnmeasured({ fluency, vocabulary }: { fluency: Score; vocabulary: Score }): Withheld[] {
  return [
    ...(fluency.value === null ? [{ measure: 'fluency', reason: noPace }] : []),
    ...(vocabulary.value === null ? [{ measure: 'vocabulary', reason: tooFewMeasures }] : []),
  ]
}
