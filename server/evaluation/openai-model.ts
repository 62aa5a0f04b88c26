/** One question to a language model behind OpenAI's Responses API, and its answer as text. Nothing is stored there. */
import OpenAI from 'openai'
import type { ResponseCreateParamsNonStreaming } from 'openai/resources/responses/responses'
import { z } from 'zod'
import { failed, incomplete, invalid, type Judged, refused, toUnscorable } from './openai-faults.ts'

export interface OpenAiModelOptions {
  /** Ends in `/v1`. */
  baseUrl: string
  apiKey: string
  model: string
  /** Of one try. */
  timeoutMs?: number
}

export interface ModelQuestion {
  /** Named in what a learner is told where it is not judged. */
  judged: Judged
  /** The same for every learner: what was said never gets in here. */
  instructions: string
  /** What is to be judged: sent as one JSON value, whose strings no text can leave. */
  data: unknown
  /** The schema's, for the service. */
  name: string
  schema: Record<string, unknown>
}

export interface ModelText {
  /** The id of the model that answered. */
  model: string
  text: string
}

export interface OpenAiModel {
  /** Throws UnscorableError where there is no whole answer, and the signal's reason once that is aborted. */
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelText>
}

/** Long enough for models that think first. With the second try it stays under the two minutes that a job waits. */
const defaultTimeoutMs = 50_000
/** Before it the SDK waits as long as the service asks it to, up to a minute. Further tries are the job's. */
const maxRetries = 1
/** A full answer has some 700; models that think first count their thoughts too. */
const mostOutputTokens = 8_000

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

export function createOpenAiModel(options: OpenAiModelOptions): OpenAiModel {
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs ?? defaultTimeoutMs,
    maxRetries,
    // At any level above, the SDK would log what was said.
    logLevel: 'off',
  })
  return {
    ask: async (question, signal) => {
      try {
        const response: unknown = await client.responses.create(toRequest(options.model, question), { signal })
        const { data } = responseSchema.safeParse(response)
        if (!data) throw invalid()
        return { model: data.model ?? options.model, text: readText(data, question.judged) }
      } catch (error) {
        signal.throwIfAborted()
        throw toUnscorable(error)
      }
    },
  }
}

function toRequest(
  model: string,
  { instructions, data, name, schema }: ModelQuestion,
): ResponseCreateParamsNonStreaming {
  return {
    model,
    instructions,
    input: [{ role: 'user', content: JSON.stringify(data) }],
    text: { format: { type: 'json_schema', name, strict: true, schema } },
    max_output_tokens: mostOutputTokens,
    store: false,
    stream: false,
  }
}

/** What the model wrote; throws UnscorableError unless it finished. */
function readText(response: ModelResponse, judged: Judged): string {
  const { status, error, incomplete_details: details, output } = response
  const contents = output.flatMap((item) => (item.type === 'message' ? (item.content ?? []) : []))
  if (contents.some(({ type }) => type === 'refusal')) throw refused(judged)
  if (status === 'failed') throw failed(error?.code, judged)
  if (status !== 'completed') throw incomplete(details?.reason, judged)
  return contents.map((content) => (content.type === 'output_text' ? (content.text ?? '') : '')).join('')
}
