import OpenAI, {
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  InternalServerError,
  PermissionDeniedError,
  RateLimitError,
  toFile,
} from 'openai'
import { answerSchema, toLanguage, toPassages, type TranscriptionAnswer } from './answer-passages.ts'
import { type AudioPart, cutIntoParts } from './audio-parts.ts'
import { type Transcription, TranscriptionError, transcribedSampleRate } from './transcriber.ts'
import { toWavFile } from './wav-file.ts'

export interface OpenAiTranscriberOptions {
  /** Ends in `/v1`. */
  baseUrl: string
  apiKey: string
  /** What a transcript calls it. */
  provider: string
  model: string
  /** Where it can say when: as `verbose_json`, which many models do not give. */
  givesTimes: boolean
  /** For one part of three minutes; the client's own limit for an answer's first byte is 300 s. */
  timeoutMs?: number
  /** Of each part, at 429, 5xx, and a connection that fails or lasts too long: what is done of the others is not lost. */
  maxRetries?: number
}

const language = 'en'

/** What these models would else leave out or put right; measures of fluency count it. Whisper takes no instructions. */
const wordForWord =
  'A learner of English speaks. Write every word as it was said: hesitations such as um and uh, repetitions, false starts and mistakes.'

/** Sends a recording, part by part, to a service that takes files as OpenAI's does. Throws TranscriptionError. */
export async function transcribeByOpenAi(
  options: OpenAiTranscriberOptions,
  samples: Int16Array,
  signal: AbortSignal,
): Promise<Transcription> {
  const { provider, model } = options
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs ?? 240_000,
    maxRetries: options.maxRetries ?? 2,
    logLevel: 'off',
  })
  const transcription: Transcription = { provider, model, language: null, passages: [] }
  for (const part of cutIntoParts(samples)) {
    const answer = await ask(client, options, part, signal)
    const endMs = part.startMs + (part.samples.length * 1_000) / transcribedSampleRate
    transcription.passages.push(...toPassages(answer, { startMs: part.startMs, endMs }))
    transcription.language ??= toLanguage(answer)
  }
  return transcription
}

async function ask(
  client: OpenAI,
  { model, givesTimes }: OpenAiTranscriberOptions,
  part: AudioPart,
  signal: AbortSignal,
): Promise<TranscriptionAnswer> {
  try {
    const file = await toFile(toWavFile(part.samples), 'learner.wav', { type: 'audio/wav' })
    const body = { file, model, language }
    const answer: unknown = await (givesTimes
      ? client.audio.transcriptions.create(
          { ...body, response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] },
          { signal },
        )
      : client.audio.transcriptions.create(
          { ...body, response_format: 'json', ...(model.startsWith('gpt-') && { prompt: wordForWord }) },
          { signal },
        ))
    const parsed = answerSchema.safeParse(answer)
    if (!parsed.success) throw nonsense()
    return parsed.data
  } catch (error) {
    if (error instanceof APIUserAbortError) throw signal.reason
    throw toTranscriptionError(error)
  }
}

function nonsense(): TranscriptionError {
  return new TranscriptionError('TRANSCRIBER_INVALID', 'The transcription service gave an answer of no sense.', false)
}

/** Its own words are not passed on: a service may repeat in them what was said. */
function toTranscriptionError(error: unknown): TranscriptionError {
  if (error instanceof TranscriptionError) return error
  if (error instanceof SyntaxError) return nonsense()
  const unavailable = (why: string) =>
    new TranscriptionError('TRANSCRIBER_UNAVAILABLE', `The transcription service ${why}.`, true)
  if (error instanceof APIConnectionTimeoutError) return unavailable('did not answer in time')
  if (error instanceof RateLimitError && error.code !== 'insufficient_quota') return unavailable('is busy')
  if (error instanceof InternalServerError) return unavailable('has a fault of its own')
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError || error instanceof RateLimitError)
    return new TranscriptionError(
      'TRANSCRIBER_REFUSED',
      "The transcription service refused this installation's key or has no quota left for it.",
      false,
    )
  if (error instanceof APIError && error.status === 413)
    return new TranscriptionError('RECORDING_TOO_LONG', 'The transcription service takes no file of this size.', false)
  if (error instanceof APIError && error.status !== undefined)
    return new TranscriptionError(
      'TRANSCRIBER_REJECTED',
      `The transcription service refused the request (status ${error.status}): its model may be wrong.`,
      false,
    )
  return unavailable('cannot be reached')
}
