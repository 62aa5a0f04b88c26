/** Judges an answer by counting alone: the same answer always gets the same result, nothing leaves the installation. */
import type { DrillResult } from '../../domain/drill-result.ts'
import { listLearnerSegments } from '../own-words.ts'
import { tellLongPause } from '../speech-tips.ts'
import { chooseChanges } from './choose-changes.ts'
import { choosePracticeRule } from './choose-practice-rule.ts'
import type { DrillEvaluationInput, DrillEvaluator } from './drill-evaluator.ts'
import { toDrillParts, toOverallScore } from './drill-formula.ts'
import { passDrillGates } from './drill-gates.ts'
import { judgeCategories, listForPractice, toCategoryResult } from './judge-categories.ts'
import { findCriteria, judgeCoverage } from './judge-coverage.ts'
import { countAnswer, judgeDelivery } from './judge-delivery.ts'
import { judgeStructure } from './judge-structure.ts'
import { listLimits } from './list-limits.ts'

/** The number rises when any score, flag or change may come out differently. */
export const localDrillScorer = 'local-drill/1'

export function createLocalDrillEvaluator(): DrillEvaluator {
  return {
    scorer: localDrillScorer,
    // Async: what cannot be scored is a rejection, as with the scorers that are asked over a network.
    evaluate: async (input, signal) => {
      signal.throwIfAborted()
      return evaluate(input)
    },
  }
}

function evaluate(input: DrillEvaluationInput): DrillResult {
  const { question } = input
  const answer = passDrillGates(input)
  const figures = countAnswer(answer, input)
  const criteria = findCriteria(answer, question)
  const coverage = judgeCoverage(answer, criteria)
  const parts = [coverage, judgeStructure(answer, question, criteria), ...judgeDelivery(answer, figures, input)]
  const categories = judgeCategories(answer, input.categories, {
    name: question.category,
    coverage: coverage.score,
    criteriaHits: criteria.flatMap(({ hits }) => hits),
  })
  const pause = input.metrics && tellLongPause(input.metrics.pauses, listLearnerSegments(input.segments))
  return {
    scorer: localDrillScorer,
    overallScore: toOverallScore(parts),
    categories: categories.map((category) => toCategoryResult(answer, category)),
    whatChanged: chooseChanges(parts, pause ? [`"${pause.quote}": ${pause.text}`] : []),
    practiceRule: choosePracticeRule(listForPractice(categories, question.category), parts),
    ...figures,
    parts: toDrillParts(parts),
    limits: listLimits(input, parts),
  }
}
