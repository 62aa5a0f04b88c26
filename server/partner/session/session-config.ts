/**
 * The configuration of one session: what a client may set, the defaults of the Realtime API, and its merge rule
 * (only present fields change; null and empty values clear). Source: OpenAI Realtime API, `RealtimeSessionCreateRequest`.
 */
import { z } from 'zod'
import type { CefrLevel } from '../topic.ts'
import { parseBriefing } from './instructions.ts'

const serverVadSchema = z.looseObject({
  type: z.literal('server_vad'),
  threshold: z.number().min(0).max(1).optional(),
  prefix_padding_ms: z.number().int().min(0).max(5_000).optional(),
  silence_duration_ms: z.number().int().min(100).max(30_000).optional(),
  idle_timeout_ms: z.number().int().min(5_000).max(30_000).nullable().optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
})

const semanticVadSchema = z.looseObject({
  type: z.literal('semantic_vad'),
  eagerness: z.enum(['low', 'medium', 'high', 'auto']).optional(),
  create_response: z.boolean().optional(),
  interrupt_response: z.boolean().optional(),
})

export const voiceSchema = z.union([z.string().min(1).max(100), z.looseObject({ id: z.string().min(1).max(100) })])

const audioSchema = z.looseObject({
  input: z
    .looseObject({
      transcription: z.looseObject({ model: z.string().optional() }).nullable().optional(),
      noise_reduction: z
        .looseObject({ type: z.enum(['near_field', 'far_field']) })
        .nullable()
        .optional(),
      turn_detection: z.union([serverVadSchema, semanticVadSchema]).nullable().optional(),
    })
    .optional(),
  output: z.looseObject({ voice: voiceSchema.optional(), speed: z.number().min(0.25).max(1.5).optional() }).optional(),
})

export const toolSchema = z.looseObject({ type: z.string(), name: z.string().optional() })
export const toolChoiceSchema = z.union([
  z.enum(['auto', 'none', 'required']),
  z.looseObject({ type: z.string(), name: z.string().optional() }),
])
export const maxTokensSchema = z.union([z.number().int().min(1).max(4_096), z.literal('inf')])

/** What a client may send as `session`; unknown fields are kept and echoed. */
export const sessionPatchSchema = z.looseObject({
  type: z.literal('realtime').default('realtime'),
  model: z.string().max(200).optional(),
  instructions: z.string().max(100_000).optional(),
  output_modalities: z
    .array(z.enum(['text', 'audio']))
    .length(1)
    .optional(),
  tools: z.array(toolSchema).max(128).optional(),
  tool_choice: toolChoiceSchema.optional(),
  max_output_tokens: maxTokensSchema.optional(),
  audio: audioSchema.optional(),
})

/** Fields of the session that are the server's to say, or are settled once and for all when it is minted. */
const FIXED_FIELDS = ['model', 'id', 'object', 'expires_at', 'parley']

export type SessionPatch = z.infer<typeof sessionPatchSchema>
export type TurnDetection = z.infer<typeof serverVadSchema> | z.infer<typeof semanticVadSchema>

export interface SessionConfig {
  [field: string]: unknown
  type: 'realtime'
  object: 'realtime.session'
  id: string
  model: string
  instructions: string
  output_modalities: ('text' | 'audio')[]
  tools: z.infer<typeof toolSchema>[]
  tool_choice: z.infer<typeof toolChoiceSchema>
  max_output_tokens: number | 'inf'
  /** Unix seconds; 0 before a call has begun. */
  expires_at: number
  audio: {
    input: {
      [field: string]: unknown
      transcription: { model?: string | undefined } | null
      noise_reduction: unknown
      turn_detection: TurnDetection | null
    }
    output: { [field: string]: unknown; voice: unknown; speed: number }
  }
}

/** How the partner listens, as the session's turn detection and its instructions say. */
export interface TurnSettings {
  /** Silence that ends a turn; null: the client ends turns itself. */
  silenceMs: number | null
  threshold: number
  prefixPaddingMs: number
  createsResponse: boolean
  interruptsResponse: boolean
  /** Silence after the partner's words, upon which it speaks again; null: it waits for ever. */
  idleTimeoutMs: number | null
}

const SERVER_VAD = {
  type: 'server_vad' as const,
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  idle_timeout_ms: null,
  create_response: true,
  interrupt_response: true,
}
const SEMANTIC_VAD = {
  type: 'semantic_vad' as const,
  eagerness: 'auto' as const,
  create_response: true,
  interrupt_response: true,
}
/** Semantic detection judges by meaning; here its patience becomes a silence, in ms. */
const EAGERNESS_SILENCE_MS = { low: 1_800, medium: 1_200, auto: 1_200, high: 700 }
const LEVEL_SPEED: Record<CefrLevel, number> = { A1: 0.85, A2: 0.9, B1: 0.95, B2: 1, C1: 1, C2: 1 }
const PCM = { type: 'audio/pcm', rate: 24_000 }

/** The full configuration of a new session. */
export function createSessionConfig(id: string, patch: SessionPatch): SessionConfig {
  const base: SessionConfig = {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model: patch.model ?? 'parley-partner',
    instructions: '',
    output_modalities: ['audio'],
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at: 0,
    audio: {
      input: { format: PCM, transcription: null, noise_reduction: null, turn_detection: SERVER_VAD },
      output: { format: PCM, voice: 'marin', speed: 1 },
    },
  }
  return mergeSessionConfig(base, patch)
}

/**
 * The configuration after an update. What the first line of newly given instructions says about pause and speed wins over
 * the fields that came with it; a level slows the voice where nobody named a speed.
 */
export function mergeSessionConfig(current: SessionConfig, patch: SessionPatch): SessionConfig {
  const { audio, ...named } = patch
  const plain = Object.fromEntries(Object.entries(named).filter(([field]) => !FIXED_FIELDS.includes(field)))
  const briefing = parseBriefing(patch.instructions ?? '')
  const input = { ...current.audio.input, ...audio?.input }
  const detection =
    audio?.input && 'turn_detection' in audio.input
      ? (audio.input.turn_detection ?? null)
      : current.audio.input.turn_detection
  const speed =
    briefing.speed ??
    audio?.output?.speed ??
    (briefing.level ? LEVEL_SPEED[briefing.level] : current.audio.output.speed)
  return {
    ...current,
    ...definedOnly(plain),
    audio: {
      input: {
        ...input,
        transcription: input.transcription ?? null,
        noise_reduction: input.noise_reduction ?? null,
        turn_detection:
          detection && withPause(completeDetection(current.audio.input.turn_detection, detection), briefing.pauseMs),
      },
      output: { ...current.audio.output, ...definedOnly(audio?.output ?? {}), speed },
    },
  }
}

export function toTurnSettings(config: SessionConfig): TurnSettings {
  const detection = config.audio.input.turn_detection
  const defaults = { threshold: SERVER_VAD.threshold, prefixPaddingMs: SERVER_VAD.prefix_padding_ms }
  if (!detection)
    return { ...defaults, silenceMs: null, createsResponse: false, interruptsResponse: false, idleTimeoutMs: null }
  const turns = {
    createsResponse: detection.create_response ?? true,
    interruptsResponse: detection.interrupt_response ?? true,
  }
  if (detection.type === 'semantic_vad') {
    const pause = parseBriefing(config.instructions).pauseMs
    const silenceMs = pause ?? EAGERNESS_SILENCE_MS[detection.eagerness ?? 'auto']
    return { ...defaults, ...turns, silenceMs, idleTimeoutMs: null }
  }
  return {
    ...turns,
    silenceMs: detection.silence_duration_ms ?? SERVER_VAD.silence_duration_ms,
    threshold: detection.threshold ?? defaults.threshold,
    prefixPaddingMs: detection.prefix_padding_ms ?? defaults.prefixPaddingMs,
    idleTimeoutMs: detection.idle_timeout_ms ?? null,
  }
}

function completeDetection(current: TurnDetection | null, next: TurnDetection): TurnDetection {
  const kept = current?.type === next.type ? current : {}
  return next.type === 'server_vad' ? { ...SERVER_VAD, ...kept, ...next } : { ...SEMANTIC_VAD, ...kept, ...next }
}

function withPause(detection: TurnDetection, pauseMs: number | null): TurnDetection {
  return pauseMs !== null && detection.type === 'server_vad'
    ? { ...detection, silence_duration_ms: pauseMs }
    : detection
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
