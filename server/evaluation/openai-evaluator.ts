/**
 * Judges by a language model behind OpenAI's Responses API. It is asked only about what has passed the gates, and of its answer only
 * what can be checked is kept.
 */
import type { SpeakingEvaluator } from './evaluator.ts'
import { passGates } from './gates.ts'
import { readAnswer } from './openai-answer.ts'
import { invalid } from './openai-faults.ts'
import { createOpenAiModel, type OpenAiModelOptions } from './openai-model.ts'
import { toQuestion } from './openai-request.ts'

export function createOpenAiEvaluator(options: OpenAiModelOptions): SpeakingEvaluator {
  const model = createOpenAiModel(options)
  return {
    scorer: options.model,
    evaluate: async (input, signal) => {
      signal.throwIfAborted()
      const evidence = passGates(input)
      const answer = await model.ask(toQuestion(input, evidence), signal)
      const result = readAnswer(answer.text, answer.model, input, evidence)
      if (!result) throw invalid()
      return result
    },
  }
}
