/**
 * The required fields of every event that a session may send, checked on every event that any test receives.
 * Source: the types of the official SDK (`RealtimeServerEvent`); the compiler holds the list complete for what we name here.
 */
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { z } from 'zod'

const id = z.string().min(1)
const ms = z.number().int().min(0)
const place = { response_id: id, item_id: id, output_index: ms, content_index: ms }

const content = z.looseObject({ type: z.enum(['input_text', 'input_audio', 'output_text', 'output_audio']) })
const item = z.union([
  z.looseObject({
    id,
    object: z.literal('realtime.item'),
    type: z.literal('message'),
    role: z.enum(['user', 'assistant', 'system']),
    status: z.string(),
    content: z.array(content),
  }),
  z.looseObject({
    id,
    object: z.literal('realtime.item'),
    type: z.literal('function_call'),
    name: id,
    call_id: id,
    status: z.string(),
    arguments: z.string(),
  }),
  z.looseObject({
    id,
    object: z.literal('realtime.item'),
    type: z.literal('function_call_output'),
    call_id: id,
    output: z.string(),
  }),
])
const response = z.looseObject({
  id,
  object: z.literal('realtime.response'),
  status: z.enum(['in_progress', 'completed', 'cancelled', 'failed', 'incomplete']),
  status_details: z.looseObject({ type: z.string() }).nullable(),
  output: z.array(item),
  output_modalities: z.array(z.enum(['audio', 'text'])),
  usage: z.looseObject({ total_tokens: ms, input_tokens: ms, output_tokens: ms }).nullable(),
})
const part = z.union([
  z.object({ type: z.literal('audio'), transcript: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
])
const session = z.looseObject({
  type: z.literal('realtime'),
  object: z.literal('realtime.session'),
  id,
  model: id,
  output_modalities: z.array(z.string()),
  instructions: z.string(),
  tools: z.array(z.looseObject({})),
  audio: z.looseObject({
    input: z.looseObject({ format: z.unknown(), turn_detection: z.unknown(), transcription: z.unknown() }),
    output: z.looseObject({ voice: z.unknown(), speed: z.number() }),
  }),
})
const placed = { previous_item_id: id.nullable(), item }
const callPlace = { response_id: id, item_id: id, output_index: ms, call_id: id }
const usage = z.union([
  z.object({ type: z.literal('duration'), seconds: z.number() }),
  z.looseObject({ type: z.literal('tokens'), total_tokens: ms }),
])

const SHAPES: Partial<Record<RealtimeServerEvent['type'], z.ZodRawShape>> = {
  'session.created': { session },
  'session.updated': { session },
  'input_audio_buffer.speech_started': { item_id: id, audio_start_ms: ms },
  'input_audio_buffer.speech_stopped': { item_id: id, audio_end_ms: ms },
  'input_audio_buffer.committed': { item_id: id, previous_item_id: id.nullable() },
  'input_audio_buffer.cleared': {},
  'conversation.item.added': placed,
  'conversation.item.done': placed,
  'conversation.item.retrieved': { item },
  'conversation.item.deleted': { item_id: id },
  'conversation.item.truncated': { item_id: id, content_index: ms, audio_end_ms: ms },
  'conversation.item.input_audio_transcription.delta': { item_id: id, content_index: ms, delta: id },
  'conversation.item.input_audio_transcription.completed': {
    item_id: id,
    content_index: ms,
    transcript: z.string(),
    usage,
  },
  'response.created': { response },
  'response.done': { response },
  'rate_limits.updated': {
    rate_limits: z.array(
      z.object({ name: z.enum(['requests', 'tokens']), limit: ms, remaining: ms, reset_seconds: z.number() }),
    ),
  },
  'response.output_item.added': { response_id: id, output_index: ms, item },
  'response.output_item.done': { response_id: id, output_index: ms, item },
  'response.content_part.added': { ...place, part },
  'response.content_part.done': { ...place, part },
  'response.output_audio_transcript.delta': { ...place, delta: id },
  'response.output_audio_transcript.done': { ...place, transcript: z.string() },
  'response.output_audio.done': place,
  'response.output_text.delta': { ...place, delta: id },
  'response.output_text.done': { ...place, text: z.string() },
  'response.function_call_arguments.delta': { ...callPlace, delta: id },
  'response.function_call_arguments.done': { ...callPlace, name: id, arguments: id },
  'output_audio_buffer.started': { response_id: id },
  'output_audio_buffer.stopped': { response_id: id },
  'output_audio_buffer.cleared': { response_id: id },
  error: {
    error: z.object({ type: id, code: id, message: id, param: z.string().nullable(), event_id: z.string().nullable() }),
  },
}

/** Throws when an event is none that a session may send, or lacks a required field, or carries one that is unknown. */
export function assertWellFormed(event: RealtimeServerEvent) {
  const shape = SHAPES[event.type]
  if (!shape) throw new Error(`An event that no session sends: ${event.type}`)
  const parsed = z.strictObject({ event_id: id, type: z.literal(event.type), ...shape }).safeParse(event)
  if (!parsed.success) throw new Error(`Malformed ${event.type}: ${z.prettifyError(parsed.error)}`)
}
