import OpenAI, {
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai'
import type { ClientSecretCreateParams } from 'openai/resources/realtime/client-secrets'
import { z } from 'zod'
import { ProviderError } from '../domain/errors.ts'
import { followOpenAiCall } from './openai-sideband.ts'
import type { CallRequest, PartnerTier, RealtimeProvider } from './provider.ts'

export interface OpenAiProviderOptions {
  apiKey: string
  /** Ends in `/v1`. */
  baseUrl: string
  /** What a transcript calls it. */
  name: string
  models: { realtime: string; transcription: string; voice: string }
  timeoutMs: number
  tier: () => Promise<PartnerTier>
}

/** Secrets are good for this long; the provider itself allows 10 to 7,200 s. */
const secretSeconds = 60

/** Lets the partner suggest answers to a beginner; the page shows them as cards. */
const offerReplies = {
  type: 'function' as const,
  name: 'offer_replies',
  description:
    'Shows the learner three or four short answers to your question. Call it together with each question for levels A1 to B1, and with your goodbye.',
  parameters: {
    type: 'object',
    properties: {
      replies: {
        type: 'array',
        maxItems: 4,
        items: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            text: { type: 'string', description: 'What the learner would say, word for word.' },
          },
          required: ['id', 'text'],
        },
      },
      is_over: {
        type: 'boolean',
        description: 'True with your goodbye: nothing is left to answer, and replies is empty.',
      },
    },
    required: ['replies'],
  },
}

// The time at which it expires is by the provider's clock, which may differ from ours.
const mintedSchema = z.object({ value: z.string().min(1), expires_at: z.number().int().positive() })

/** The adapter for everything that speaks OpenAI's Realtime protocol. */
export function createOpenAiProvider(options: OpenAiProviderOptions): RealtimeProvider {
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    timeout: options.timeoutMs,
    // The learner waits at the button: he decides about a second try.
    maxRetries: 0,
    logLevel: 'off',
  })
  return {
    tier: options.tier,
    transcription: { provider: options.name, model: options.models.transcription },
    mintClientSecret: (request) =>
      asProviderError(async () => {
        const headers = { 'OpenAI-Safety-Identifier': request.safetyIdentifier }
        const answer: unknown = await client.realtime.clientSecrets.create(toSecretParams(request, options.models), {
          headers,
        })
        const minted = mintedSchema.safeParse(answer)
        if (!minted.success) throw nonsense()
        return {
          value: minted.data.value,
          goodForSeconds: secretSeconds,
          model: options.models.realtime,
        }
      }),
    createCall: (call) =>
      asProviderError(async () => {
        const response = await client
          .withOptions({ apiKey: call.secretValue })
          .realtime.calls.create({ sdp: call.offerSdp })
        const answerSdp = await response.text()
        const callId = response.headers
          .get('location')
          ?.split(/[/?]/)
          .findLast((part) => part.startsWith('rtc_') || part.startsWith('call_'))
        if (!answerSdp.startsWith('v=0') || !callId) throw nonsense()
        return { answerSdp, callId }
      }),
    hangUp: (callId) =>
      asProviderError(async () => {
        try {
          await client.realtime.calls.hangup(callId)
        } catch (error) {
          if (!(error instanceof NotFoundError)) throw error
        }
      }),
    followCall: (callId, receive, stopped) => followOpenAiCall(options, callId, receive, stopped),
  }
}

function toSecretParams(request: CallRequest, models: OpenAiProviderOptions['models']): ClientSecretCreateParams {
  return {
    expires_after: { anchor: 'created_at', seconds: secretSeconds },
    session: {
      type: 'realtime',
      model: models.realtime,
      instructions: request.instructions,
      output_modalities: ['audio'],
      audio: {
        input: {
          noise_reduction: { type: 'near_field' },
          transcription: { model: models.transcription, language: 'en' },
          turn_detection: {
            type: 'server_vad',
            silence_duration_ms: request.pauseMs,
            prefix_padding_ms: 300,
            create_response: true,
            interrupt_response: true,
          },
        },
        output: { voice: request.voice ?? models.voice, speed: request.speed },
      },
      tools: request.offersReplies ? [offerReplies] : [],
      tool_choice: 'auto',
    },
  }
}

async function asProviderError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toProviderError(error)
  }
}

function nonsense(): ProviderError {
  return new ProviderError(
    'The voice service gave an answer that makes no sense. An administrator should check its address.',
    false,
  )
}

/** `wait` is a number of seconds here; the date that it may be as well (RFC 9110, 10.2.3) counts as none. */
function busy(wait: string | null | undefined): ProviderError {
  const seconds = wait && /^\d{1,5}$/.test(wait) ? Number(wait) : null
  return seconds === null
    ? new ProviderError('The voice service is busy. Try again in a minute.', true)
    : new ProviderError(`The voice service has no room right now. Try again in ${seconds} s.`, true, seconds)
}

function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error
  if (error instanceof APIConnectionTimeoutError)
    return new ProviderError('The voice service did not answer in time. Try again.', true)
  if (error instanceof RateLimitError) {
    return error.code === 'insufficient_quota'
      ? new ProviderError("The voice service's quota is used up. An administrator has to raise it.", false)
      : busy(error.headers?.get('retry-after'))
  }
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError) {
    return new ProviderError(
      "The voice service refused this installation's key. An administrator has to check it.",
      false,
    )
  }
  if (error instanceof InternalServerError)
    return new ProviderError('The voice service has a fault of its own. Try again in a minute.', true)
  if (error instanceof APIError && error.status !== undefined) {
    return new ProviderError(
      'The voice service refused the request. An administrator should check its settings.',
      false,
    )
  }
  if (error instanceof SyntaxError) return nonsense()
  return new ProviderError('The voice service cannot be reached. Try again.', true)
}
