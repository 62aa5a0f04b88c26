/** Picks who judges, once, from the settings. One never stands in for the other: who judged has to be certain. */
import type { SpeakingEvaluator } from './evaluator.ts'
import { createLocalEvaluator } from './local-evaluator.ts'
import { createOpenAiEvaluator } from './openai-evaluator.ts'

export interface EvaluationModelSettings {
  /** Of anything that speaks OpenAI's Responses API; ends in `/v1`. */
  baseUrl: string
  apiKey: string
  model: string
}

/** Null: no model is set up, so speech is judged by counting. */
export function createEvaluator(settings: EvaluationModelSettings | null): SpeakingEvaluator {
  return settings ? createOpenAiEvaluator(settings) : createLocalEvaluator()
}
