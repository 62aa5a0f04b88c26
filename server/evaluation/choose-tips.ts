/** The most useful changes, three at most. */
import type { LevelEstimate } from '../domain/speech-metrics/estimate-level.ts'
import type { SpeakingEvaluationInput } from './evaluator.ts'
import type { Tip } from '../domain/speaking-result.ts'
import { findSlips } from './find-slips.ts'
import type { Evidence } from './gates.ts'
import { tellFillers, tellLongPause, tellPace, tellRepairs } from './speech-tips.ts'
import { tellEverydayWords, tellOverusedWord, tellSameOpenings } from './word-tips.ts'

export const mostTips = 3

/**
 * First what can be changed tomorrow at one place (a slip, a long pause), then habits (pace, repeated words), last what is advice
 * alone. A second slip comes before habits, for it has a place and an answer.
 */
export function chooseTips(input: SpeakingEvaluationInput, evidence: Evidence, estimate: LevelEstimate): Tip[] {
  const { metrics } = input
  const { ownSegments, learnerSegments, hasEnoughSpeech, hasEnoughWords } = evidence
  const [slip, secondSlip] = findSlips(ownSegments)
  const candidates = [
    slip,
    hasEnoughSpeech && tellLongPause(metrics.pauses, learnerSegments),
    secondSlip,
    hasEnoughSpeech && tellPace(metrics, estimate.level),
    tellOverusedWord(evidence),
    tellSameOpenings(ownSegments),
    hasEnoughWords && tellEverydayWords(metrics),
    tellRepairs(metrics),
    tellFillers(metrics),
  ]
  return candidates.filter((tip) => tip !== undefined && tip !== null && tip !== false).slice(0, mostTips)
}
