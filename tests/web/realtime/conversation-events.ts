/** A conversation as the wire tells it, for tests that shuffle it: each turn with all its events and the time each came. */
import type { ServerEvent } from '../../../server/domain/realtime-events/server-event.ts'
import type { ReceivedEvent } from '../../../server/domain/realtime-events/transcript-buffer.ts'

export interface Turn {
  speaker: 'learner' | 'partner'
  text: string
  isTyped?: boolean
  /** The learner spoke, and nobody understood. */
  isMissed?: boolean
  isInterrupted?: boolean
  /** A call of the reply-card tool and its output follow. */
  hasTool?: boolean
}

/** Events in the order a server sends them, a tenth of a second apart. */
export function toEvents(turns: readonly Turn[], callNumber = 1): ReceivedEvent[] {
  const events: ServerEvent[] = [
    { kind: 'session', turnDetection: { type: 'server_vad', prefixPaddingMs: 300, silenceMs: 800, raw: {} } },
  ]
  let previousItemId: string | null = null
  turns.forEach((turn, index) => {
    const itemId = `item-${callNumber}-${index}`
    events.push(
      ...(turn.speaker === 'partner'
        ? partnerTurn(turn, itemId, previousItemId)
        : learnerTurn(turn, itemId, previousItemId, index)),
    )
    previousItemId = itemId
    if (turn.hasTool) {
      for (const suffix of ['tool', 'output']) {
        const silent: string = `${itemId}-${suffix}`
        events.push({
          kind: 'item',
          item: {
            itemId: silent,
            previousItemId,
            role: 'silent',
            text: '',
            isTyped: false,
            isTextOnly: false,
            responseId: undefined,
          },
        })
        previousItemId = silent
      }
    }
  })
  return events.map((event, index) => ({ callNumber, order: index + 1, atMs: 1_000 + index * 100, event }))
}

function learnerTurn(turn: Turn, itemId: string, previousItemId: string | null, index: number): ServerEvent[] {
  const item = { itemId, previousItemId, role: 'learner' as const, isTextOnly: false, responseId: undefined }
  if (turn.isTyped) return [{ kind: 'item', item: { ...item, text: turn.text, isTyped: true } }]
  return [
    { kind: 'speech-started', itemId, audioMs: index * 2_000 },
    { kind: 'speech-stopped', itemId, audioMs: index * 2_000 + 1_900 },
    { kind: 'committed', itemId, previousItemId },
    { kind: 'item', item: { ...item, text: '', isTyped: false } },
    { kind: 'learner-text', itemId, text: turn.isMissed ? '' : turn.text },
  ]
}

function partnerTurn(turn: Turn, itemId: string, previousItemId: string | null): ServerEvent[] {
  const responseId = `response-${itemId}`
  const half = Math.ceil(turn.text.length / 2)
  return [
    { kind: 'response-created', responseId },
    {
      kind: 'item',
      item: { itemId, previousItemId, role: 'partner', text: '', isTyped: false, isTextOnly: false, responseId },
    },
    {
      kind: 'partner-delta',
      eventId: `${itemId}-a`,
      itemId,
      responseId,
      contentIndex: 0,
      delta: turn.text.slice(0, half),
    },
    { kind: 'audio-started', responseId },
    {
      kind: 'partner-delta',
      eventId: `${itemId}-b`,
      itemId,
      responseId,
      contentIndex: 0,
      delta: turn.text.slice(half),
    },
    { kind: 'partner-text', itemId, responseId, contentIndex: 0, text: turn.text },
    { kind: 'response-done', responseId, status: 'completed', failure: null },
    ...(turn.isInterrupted
      ? ([
          { kind: 'audio-cleared', responseId },
          { kind: 'truncated', itemId, audioMs: 150 },
        ] as const)
      : ([{ kind: 'audio-stopped', responseId }] as const)),
  ]
}
