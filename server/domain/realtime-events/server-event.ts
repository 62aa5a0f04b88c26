/**
 * What the other end says on the `oai-events` channel, parsed once into the few kinds that the page acts on.
 * Source: the OpenAI Realtime GA protocol; unknown events and unknown fields are passed over, never an error.
 */

/** How the other end decides that the learner has finished a turn. */
export interface TurnDetection {
  type: string
  prefixPaddingMs: number
  silenceMs: number
  /** As received, to be sent back with one field changed. */
  raw: Record<string, unknown>
}

/**
 * What Parley's own partner can understand here: 2 recognises speech, 3 knows its reply cards, 4 understands nothing of
 * free talk, 5 is typed to. A voice service does not tell.
 */
export type PartnerTier = 2 | 3 | 4 | 5

/** How Parley's own partner came by the learner's words. A voice service does not tell. */
export type HeardSource = 'MATCHED' | 'RECOGNISED'

/** `previousItemId` is undefined where the event does not tell, null for the conversation's first item. */
export interface ConversationItem {
  itemId: string
  previousItemId: string | null | undefined
  role: 'learner' | 'partner' | 'silent'
  /** Text that came with the item itself: typed, or already transcribed. */
  text: string
  isTyped: boolean
  /** The partner's item holds written text and no sound. */
  isTextOnly: boolean
  responseId: string | undefined
}

export type ServerEvent =
  | { kind: 'session'; turnDetection: TurnDetection | null; tier?: PartnerTier | undefined }
  | { kind: 'speech-started'; itemId: string; audioMs: number }
  | { kind: 'speech-stopped'; itemId: string; audioMs: number }
  | { kind: 'committed'; itemId: string; previousItemId: string | null }
  | { kind: 'item'; item: ConversationItem }
  | { kind: 'learner-delta'; eventId: string; itemId: string; delta: string }
  | { kind: 'learner-text'; itemId: string; text: string; source?: HeardSource | undefined }
  | { kind: 'learner-failed'; itemId: string }
  | { kind: 'partner-delta'; eventId: string; itemId: string; responseId: string; contentIndex: number; delta: string }
  | { kind: 'partner-text'; itemId: string; responseId: string; contentIndex: number; text: string }
  | { kind: 'response-created'; responseId: string }
  | { kind: 'response-done'; responseId: string; status: string; failure: string | null }
  | { kind: 'audio-started' | 'audio-stopped' | 'audio-cleared'; responseId: string }
  | { kind: 'truncated'; itemId: string; audioMs: number }
  | { kind: 'function-call'; itemId: string; callId: string; name: string; arguments: string }
  | { kind: 'error'; code: string; message: string }

/** How the ids of items begin that a page gives back to a new call, so that the partner knows what was said before. */
export const replayedItemPrefix = 'replay_'

/** Said in an earlier call: no part of this one's transcript. */
export function isReplayed(itemId: string): boolean {
  return itemId.startsWith(replayedItemPrefix)
}

type Fields = Record<string, unknown>

/** Parses one message of the channel; an empty list where nothing in it concerns the page. */
export function parseServerEvent(message: string): ServerEvent[] {
  const event = parseFields(message)
  const parse = event && typeof event['type'] === 'string' ? parsers[event['type']] : undefined
  return event && parse ? parse(event) : []
}

const parsers: Record<string, (event: Fields) => ServerEvent[]> = {
  'session.created': parseSession,
  'session.updated': parseSession,
  'input_audio_buffer.speech_started': (event) =>
    withItem(event, (itemId) => ({ kind: 'speech-started', itemId, audioMs: number(event['audio_start_ms']) })),
  'input_audio_buffer.speech_stopped': (event) =>
    withItem(event, (itemId) => ({ kind: 'speech-stopped', itemId, audioMs: number(event['audio_end_ms']) })),
  'input_audio_buffer.committed': (event) =>
    withItem(event, (itemId) => ({ kind: 'committed', itemId, previousItemId: textOrNull(event['previous_item_id']) })),
  'conversation.item.added': parseItem,
  'conversation.item.done': parseItem,
  'conversation.item.created': parseItem,
  'response.output_item.added': parseItem,
  'response.output_item.done': (event) => [...parseItem(event), ...parseFunctionCall(event)],
  'conversation.item.input_audio_transcription.delta': (event) =>
    withItem(event, (itemId) => ({
      kind: 'learner-delta',
      eventId: text(event['event_id']),
      itemId,
      delta: text(event['delta']),
    })),
  'conversation.item.input_audio_transcription.completed': (event) =>
    withItem(event, (itemId) => ({
      kind: 'learner-text',
      itemId,
      text: text(event['transcript']),
      source: heardSources[text(fields(event['parley'])['source'])],
    })),
  'conversation.item.input_audio_transcription.failed': (event) =>
    withItem(event, (itemId) => ({ kind: 'learner-failed', itemId })),
  'response.output_audio_transcript.delta': parsePartnerDelta,
  'response.output_text.delta': parsePartnerDelta,
  'response.output_audio_transcript.done': (event) => parsePartnerText(event, event['transcript']),
  'response.output_text.done': (event) => parsePartnerText(event, event['text']),
  'response.created': (event) => withResponse(event, (responseId) => ({ kind: 'response-created', responseId })),
  'response.done': parseResponseDone,
  'output_audio_buffer.started': (event) => parseAudioBuffer('audio-started', event),
  'output_audio_buffer.stopped': (event) => parseAudioBuffer('audio-stopped', event),
  'output_audio_buffer.cleared': (event) => parseAudioBuffer('audio-cleared', event),
  'conversation.item.truncated': (event) =>
    withItem(event, (itemId) => ({ kind: 'truncated', itemId, audioMs: number(event['audio_end_ms']) })),
  error: (event) => {
    const error = fields(event['error'])
    return [{ kind: 'error', code: text(error['code']) || text(error['type']), message: text(error['message']) }]
  },
}

const heardSources: Record<string, HeardSource> = { matched: 'MATCHED', recognised: 'RECOGNISED' }

const partnerTiers: readonly PartnerTier[] = [2, 3, 4, 5]

function parseSession(event: Fields): ServerEvent[] {
  const session = fields(event['session'])
  const told = fields(session['parley'])['tier']
  const raw = fields(fields(session['audio'])['input'])['turn_detection']
  return [
    {
      kind: 'session',
      tier: partnerTiers.find((tier) => tier === told),
      turnDetection: typeof raw === 'object' && raw !== null ? toTurnDetection(fields(raw)) : null,
    },
  ]
}

function toTurnDetection(raw: Fields): TurnDetection {
  return {
    type: text(raw['type']),
    prefixPaddingMs: number(raw['prefix_padding_ms']),
    silenceMs: number(raw['silence_duration_ms']),
    raw,
  }
}

function parseItem(event: Fields): ServerEvent[] {
  const item = fields(event['item'])
  const itemId = text(item['id'])
  if (itemId === '') return []
  const parts = Array.isArray(item['content']) ? item['content'].map(fields) : []
  const role =
    item['type'] !== 'message' || isReplayed(itemId)
      ? 'silent'
      : item['role'] === 'user'
        ? 'learner'
        : item['role'] === 'assistant'
          ? 'partner'
          : 'silent'
  const isWritten = (part: Fields): boolean => ['input_text', 'output_text', 'text'].includes(text(part['type']))
  return [
    {
      kind: 'item',
      item: {
        itemId,
        previousItemId: 'previous_item_id' in event ? textOrNull(event['previous_item_id']) : undefined,
        role,
        text: parts
          .map((part) => text(part['text']) || text(part['transcript']))
          .filter((piece) => piece !== '')
          .join(' '),
        isTyped: role === 'learner' && parts.some(isWritten),
        isTextOnly: role === 'partner' && parts.length > 0 && parts.every(isWritten),
        responseId: text(event['response_id']) || undefined,
      },
    },
  ]
}

function parseFunctionCall(event: Fields): ServerEvent[] {
  const item = fields(event['item'])
  if (item['type'] !== 'function_call') return []
  return [
    {
      kind: 'function-call',
      itemId: text(item['id']),
      callId: text(item['call_id']),
      name: text(item['name']),
      arguments: text(item['arguments']),
    },
  ]
}

function parsePartnerDelta(event: Fields): ServerEvent[] {
  return withItem(event, (itemId) => ({
    kind: 'partner-delta',
    eventId: text(event['event_id']),
    itemId,
    responseId: text(event['response_id']),
    contentIndex: number(event['content_index']),
    delta: text(event['delta']),
  }))
}

function parsePartnerText(event: Fields, value: unknown): ServerEvent[] {
  return withItem(event, (itemId) => ({
    kind: 'partner-text',
    itemId,
    responseId: text(event['response_id']),
    contentIndex: number(event['content_index']),
    text: text(value),
  }))
}

function parseResponseDone(event: Fields): ServerEvent[] {
  return withResponse(event, (responseId) => {
    const response = fields(event['response'])
    const error = fields(fields(response['status_details'])['error'])
    return {
      kind: 'response-done',
      responseId,
      status: text(response['status']),
      failure: text(error['message']) || text(error['code']) || null,
    }
  })
}

function parseAudioBuffer(kind: 'audio-started' | 'audio-stopped' | 'audio-cleared', event: Fields): ServerEvent[] {
  const responseId = text(event['response_id'])
  return responseId === '' ? [] : [{ kind, responseId }]
}

function withItem(event: Fields, toEvent: (itemId: string) => ServerEvent): ServerEvent[] {
  const itemId = text(event['item_id'])
  return itemId === '' ? [] : [toEvent(itemId)]
}

function withResponse(event: Fields, toEvent: (responseId: string) => ServerEvent): ServerEvent[] {
  const responseId = text(fields(event['response'])['id'])
  return responseId === '' ? [] : [toEvent(responseId)]
}

function parseFields(message: string): Fields | null {
  try {
    const value: unknown = JSON.parse(message)
    return typeof value === 'object' && value !== null ? (value as Fields) : null
  } catch {
    return null
  }
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0
}
