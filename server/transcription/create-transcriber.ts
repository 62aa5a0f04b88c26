import { z } from 'zod'
import { transcribeByOpenAi } from './openai-transcriber.ts'
import { type Transcriber, TranscriptionError } from './transcriber.ts'

export interface TranscriberSettings {
  /** Ends in `/v1`. */
  baseUrl: string
  apiKey: string
  /** The partner that comes with Parley: it transcribes where a speech model is installed. */
  isBuiltIn: boolean
  /** That is asked for elsewhere. */
  model: string
  clock: () => Date
}

const modelsSchema = z.object({ data: z.array(z.object({ id: z.string().min(1) })) })
/** The partner does not answer: it is being started again, or is busy. */
const unknown = Symbol('unknown')
const patienceMs = 1_000
const rememberedMs = 60_000

/** Whoever transcribes on this installation: a service from outside, or the built-in partner, once it has a speech model. */
export function createTranscriber(settings: TranscriberSettings): Transcriber {
  const { baseUrl, apiKey, model } = settings
  if (!settings.isBuiltIn) {
    const provider = new URL(baseUrl).hostname
    // Of OpenAI's models, and of those that others offer in the same way, only Whisper tells times.
    const options = { baseUrl, apiKey, provider, model, givesTimes: /whisper/i.test(model) }
    return {
      isAvailable: async () => true,
      transcribe: (samples, signal) => transcribeByOpenAi(options, samples, signal),
    }
  }
  const findModel = rememberForAMinute(() => askForModel(settings), settings.clock)
  return {
    // A partner that is away for a moment is asked to transcribe, in vain, so that it will be asked again.
    isAvailable: async () => (await findModel()) !== null,
    async transcribe(samples, signal) {
      const installed = await findModel()
      if (installed === null || installed === unknown)
        throw new TranscriptionError('TRANSCRIBER_UNAVAILABLE', 'No speech model can be used here.', true)
      const options = { baseUrl, apiKey, provider: 'parley', model: installed, givesTimes: true }
      return transcribeByOpenAi(options, samples, signal)
    },
  }
}

/** The name of the partner's speech model; null where it has none. */
async function askForModel({ baseUrl, apiKey }: TranscriberSettings): Promise<string | null | typeof unknown> {
  const headers = { authorization: `Bearer ${apiKey}` }
  try {
    const response = await fetch(`${baseUrl}/models`, { headers, signal: AbortSignal.timeout(patienceMs) })
    if (response.status >= 500) return unknown
    const text = await response.text()
    return response.ok ? (modelsSchema.safeParse(parseJson(text)).data?.data[0]?.id ?? null) : null
  } catch {
    return unknown
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function rememberForAMinute<T>(ask: () => Promise<T>, clock: () => Date): () => Promise<T> {
  let known: { answer: T; atMs: number } | null = null
  return async () => {
    const nowMs = clock().getTime()
    if (known && nowMs - known.atMs < rememberedMs) return known.answer
    const answer = await ask()
    known = answer === unknown ? null : { answer, atMs: nowMs }
    return answer
  }
}
