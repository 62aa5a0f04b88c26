/**
 * Judges by a language model behind OpenAI's Responses API. It is asked only about what has passed the gates, nothing is stored there,
 * and of its answer only what can be checked is kept.
 */
import OpenAI from 'openai'
import { z } from 'zod'
import type { SpeakingEvaluationInput, SpeakingEvaluator } from './evaluator.ts'
import type { SpeakingResult } from '../domain/speaking-result.ts'
import { type Evidence, passGates } from './gates.ts'
import { readAnswer } from './openai-answer.ts'
import { failed, incomplete, invalid, refused, toUnscorable } from './openai-faults.ts'
import { toRequest } from './openai-request.ts'

export interface OpenAiEvaluatorOptions {
  /** Ends in `/v1`. */
  baseUrl: string
  apiKey: string
  model: string
  /** Of one try. */
  timeoutMs?: number
}

/** Long enough for models that think first. With the second try it stays under the two minutes that a job waits. */
const defaultTimeoutMs = 50_000
/** Before it the SDK waits as long as the service asks it to, up to a minute. Further tries are the job's. */
const maxRetries = 1

const responseSchema = z.object({
  model: z.string().min(1).optional(),
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().optional() }).nullish(),
  error: z.object({ code: z.string().optional() }).nullish(),
  output: z
    .array(
      z.object({
        type: z.string(),
        content: z.array(z.object({ type: z.string(), text: z.string().optional() })).nullish(),
      }),
    )
    .default([]),
})
type ModelResponse = z.infer<typeof responseSchema>

export function createOpenAiEvaluator(options: OpenAiEvaluatorOptions): SpeakingEvaluator {
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs ?? defaultTimeoutMs,
    maxRetries,
    // At any level above, the SDK would log what was said.
    logLevel: 'off',
  })
  return {
    scorer: options.model,
    evaluate: async (input, signal) => {
      signal.throwIfAborted()
      const evidence = passGates(input)
      try {
        const response: unknown = await client.responses.create(toRequest(options.model, input, evidence), { signal })
        return toResult(response, options.model, input, evidence)
      } catch (error) {
        signal.throwIfAborted()
        throw toUnscorable(error)
      }
    },
  }
}

function toResult(
  response: unknown,
  askedModel: string,
  input: SpeakingEvaluationInput,
  evidence: Evidence,
): SpeakingResult {
  const { data } = responseSchema.safeParse(response)
  if (!data) throw invalid()
  const result = readAnswer(readText(data), data.model ?? askedModel, input, evidence)
  if (!result) throw invalid()
  return result
}

/** What the model wrote; throws UnscorableError unless it finished. */
function readText({ status, error, incomplete_details: details, output }: ModelResponse): string {
  const contents = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []))
  if (contents.some(({ type }) => type === 'refusal')) throw refused()
  if (status === 'failed') throw failed(error?.code)
  if (status !== 'completed') throw incomplete(details?.reason)
  return contents.map((content) => (content.type === 'output_text' ? (content.text ?? '') : '')).join('')
}
