/**
 * Judges an answer by a language model behind OpenAI's Responses API: it reads content, structure and categories, and what can be counted
 * is counted as without it. It is asked only about what has passed the gates.
 */
import { invalid } from '../openai-faults.ts'
import { createOpenAiModel, type OpenAiModelOptions } from '../openai-model.ts'
import type { DrillEvaluator } from './drill-evaluator.ts'
import { passDrillGates } from './drill-gates.ts'
import { countAnswer } from './judge-delivery.ts'
import { readDrillAnswer } from './openai-drill-answer.ts'
import { toDrillQuestion } from './openai-drill-request.ts'

export function createOpenAiDrillEvaluator(options: OpenAiModelOptions): DrillEvaluator {
  const model = createOpenAiModel(options)
  return {
    scorer: options.model,
    evaluate: async (input, signal) => {
      signal.throwIfAborted()
      const answer = passDrillGates(input)
      const reply = await model.ask(toDrillQuestion(input, countAnswer(answer, input)), signal)
      const result = readDrillAnswer(reply.text, reply.model, input, answer)
      if (!result) throw invalid()
      return result
    },
  }
}
