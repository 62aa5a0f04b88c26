/** A language model's answers about the plain talk of `evaluation-input.ts`, and the way to ask for one. */
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import type { SpeakingResult } from '../../server/domain/speaking-result.ts'
import { createOpenAiEvaluator } from '../../server/evaluation/openai-evaluator.ts'
import type { ModelAnswer, ResponsesServer } from '../support/responses-server.ts'
import { inputOf, noSignal } from './evaluation-input.ts'

export const good = {
  overallLevel: 'B1',
  levelRange: ['B2', 'B1'],
  confidence: 0.6,
  scores: { fluency: 55, accuracy: 61, grammar: 58, vocabulary: 60, coherence: 70 },
  strengths: [{ text: 'You tell a story in order.', quote: 'Every morning we fed the chickens', segment: 3 }],
  rationale: ' You told one story from start to end. ',
  tips: [
    { text: 'Say how it felt, too.', quote: 'I laughed  a lot', segment: 5 },
    { text: 'Join short sentences.', quote: null, segment: null },
  ],
}

/** The good answer with some of it changed. */
export function written(changes: object): ModelAnswer[] {
  return [{ kind: 'written', answer: { ...good, ...changes } }]
}

export interface Asking {
  input?: Partial<SpeakingEvaluationInput>
  signal?: AbortSignal
  timeoutMs?: number
}

export function ask(
  server: ResponsesServer,
  answers: ModelAnswer[],
  { input = {}, signal = noSignal, timeoutMs = 20_000 }: Asking = {},
): Promise<SpeakingResult> {
  server.answers = answers
  const { baseUrl, apiKey } = server
  return createOpenAiEvaluator({ baseUrl, apiKey, model: 'examiner', timeoutMs }).evaluate(inputOf(input), signal)
}
