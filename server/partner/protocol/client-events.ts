/** The events a client may send: parsed once, with a fault that names the client's own event id. */
import { z } from 'zod'
import {
  maxTokensSchema,
  sessionPatchSchema,
  toolChoiceSchema,
  toolSchema,
  voiceSchema,
} from '../session/session-config.ts'

const id = z.string().min(1).max(100)
const shared = { event_id: z.string().max(512).optional() }
const text = z.string().max(20_000)

const messageSchema = z.looseObject({
  type: z.literal('message'),
  id: id.optional(),
  role: z.enum(['user', 'assistant', 'system']),
  content: z
    .array(
      z.looseObject({
        type: z.enum(['input_text', 'output_text', 'input_audio', 'output_audio', 'text']),
        text: text.optional(),
        transcript: text.nullable().optional(),
      }),
    )
    .max(50),
})
const callSchema = z.looseObject({
  type: z.literal('function_call'),
  id: id.optional(),
  call_id: id.optional(),
  name: z.string().max(200),
  arguments: text,
})
const outputSchema = z.looseObject({
  type: z.literal('function_call_output'),
  id: id.optional(),
  call_id: id,
  output: text,
})

export const clientItemSchema = z.discriminatedUnion('type', [messageSchema, callSchema, outputSchema])

/** What holds for one response only. `input` is taken and not read: the partner follows its own conversation. */
const responseOptionsSchema = z.looseObject({
  output_modalities: z
    .array(z.enum(['text', 'audio']))
    .length(1)
    .optional(),
  instructions: text.optional(),
  tools: z.array(toolSchema).max(128).optional(),
  tool_choice: toolChoiceSchema.optional(),
  max_output_tokens: maxTokensSchema.optional(),
  conversation: z.string().max(100).optional(),
  audio: z.looseObject({ output: z.looseObject({ voice: voiceSchema.optional() }).optional() }).optional(),
  metadata: z
    .record(z.string().max(64), z.string().max(512))
    .refine((pairs) => Object.keys(pairs).length <= 16, 'at most 16 pairs')
    .nullable()
    .optional(),
})

const clientEventSchema = z.discriminatedUnion('type', [
  z.object({ ...shared, type: z.literal('session.update'), session: sessionPatchSchema }),
  z.object({
    ...shared,
    type: z.literal('conversation.item.create'),
    previous_item_id: id.nullable().optional(),
    item: clientItemSchema,
  }),
  z.object({ ...shared, type: z.literal('conversation.item.retrieve'), item_id: id }),
  z.object({ ...shared, type: z.literal('conversation.item.delete'), item_id: id }),
  z.object({
    ...shared,
    type: z.literal('conversation.item.truncate'),
    item_id: id,
    content_index: z.number().int().min(0),
    audio_end_ms: z.number().min(0),
  }),
  z.object({
    ...shared,
    type: z.literal('response.create'),
    response: responseOptionsSchema.optional(),
  }),
  z.object({ ...shared, type: z.literal('response.cancel'), response_id: id.optional() }),
  z.object({ ...shared, type: z.literal('output_audio_buffer.clear') }),
  z.object({ ...shared, type: z.literal('input_audio_buffer.clear') }),
  z.object({ ...shared, type: z.literal('input_audio_buffer.commit') }),
  // Sound comes by the media track; a client that also appends it loses nothing.
  z.object({ ...shared, type: z.literal('input_audio_buffer.append') }),
])

export type ClientEvent = z.infer<typeof clientEventSchema>
export type ResponseOptions = z.infer<typeof responseOptionsSchema>
export type ClientItem = z.infer<typeof clientItemSchema>

export interface ClientFault {
  code: string
  message: string
  param: string | null
  eventId: string | null
}

export function parseClientEvent(message: string): { event: ClientEvent } | { fault: ClientFault } {
  let raw: unknown
  try {
    raw = JSON.parse(message)
  } catch {
    return { fault: { code: 'invalid_json', message: 'The message is not JSON.', param: null, eventId: null } }
  }
  const parsed = clientEventSchema.safeParse(raw)
  if (parsed.success) return { event: parsed.data }
  const [issue] = parsed.error.issues
  const param = issue?.path.join('.') || null
  const code = param === 'type' ? 'invalid_value' : issue?.code === 'invalid_type' ? 'invalid_type' : 'invalid_value'
  return {
    fault: {
      code,
      message: `Invalid event: ${param ? `'${param}': ` : ''}${issue?.message ?? 'unknown'}`,
      param,
      eventId: eventIdOf(raw),
    },
  }
}

function eventIdOf(raw: unknown): string | null {
  const found = z.looseObject({ event_id: z.string() }).safeParse(raw)
  return found.success ? found.data.event_id : null
}
