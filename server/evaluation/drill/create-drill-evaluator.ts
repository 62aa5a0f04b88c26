/** Picks who judges answers, once, from the settings that pick who judges speech. */
import type { EvaluationModelSettings } from '../create-evaluator.ts'
import type { DrillEvaluator } from './drill-evaluator.ts'
import { createLocalDrillEvaluator } from './local-drill-evaluator.ts'
import { createOpenAiDrillEvaluator } from './openai-drill-evaluator.ts'

/** Null: no model is set up, so answers are judged by counting. */
export function createDrillEvaluator(settings: EvaluationModelSettings | null): DrillEvaluator {
  return settings ? createOpenAiDrillEvaluator(settings) : createLocalDrillEvaluator()
}
