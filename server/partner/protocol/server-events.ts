/** The events a session sends, as the official SDK types them, and the parts of them that are made in several places. */
import type {
  ConversationItem,
  RealtimeResponse,
  RealtimeServerEvent,
  RealtimeSessionCreateRequest,
} from 'openai/resources/realtime/realtime'
import type { SessionConfig } from '../session/session-config.ts'

export type ServerEvent = RealtimeServerEvent
type WithoutId<E> = E extends unknown ? Omit<E, 'event_id'> : never
/** An event before it gets its id. What the partner adds to the protocol stands under one name. */
export type NewServerEvent = WithoutId<RealtimeServerEvent> & { parley?: { source: string } }
export type Item = ConversationItem & { id: string }
export type Response = RealtimeResponse
export type Emit = (event: NewServerEvent) => void
/** Places of an event's fault: the client's own event, and the field in it. */
export interface FaultPlace {
  eventId: string | null
  param?: string | null
}

/** Our own service has no quota: the numbers say so in the form that clients expect. */
export const RATE_LIMITS: NewServerEvent = {
  type: 'rate_limits.updated',
  rate_limits: [
    { name: 'requests', limit: 1_000, remaining: 1_000, reset_seconds: 0 },
    { name: 'tokens', limit: 1_000_000, remaining: 1_000_000, reset_seconds: 0 },
  ],
}

/** No model reads or writes tokens here, and none are charged: any other number would be made up. */
export const NO_USAGE = {
  total_tokens: 0,
  input_tokens: 0,
  output_tokens: 0,
  input_token_details: { text_tokens: 0, audio_tokens: 0, image_tokens: 0, cached_tokens: 0 },
  output_token_details: { text_tokens: 0, audio_tokens: 0 },
}

export function sessionEvent(
  type: 'session.created' | 'session.updated',
  config: SessionConfig,
  tier: number,
): NewServerEvent {
  // The configuration keeps what a client sent beyond the fields we read; the SDK's type is the list of those it knows.
  return { type, session: { ...config, parley: { tier } } as unknown as RealtimeSessionCreateRequest }
}

export function errorEvent(
  code: string,
  message: string,
  clientEventId: string | null,
  param: string | null = null,
): NewServerEvent {
  return { type: 'error', error: { type: 'invalid_request_error', code, message, param, event_id: clientEventId } }
}

/** A spoken user item. Before its words are known the key `transcript` is there, though null: official clients need it. */
export function spokenItem(id: string, transcript: string | null): Item {
  const content = [{ type: 'input_audio', transcript }]
  return { id, object: 'realtime.item', type: 'message', status: 'completed', role: 'user', content } as unknown as Item
}
