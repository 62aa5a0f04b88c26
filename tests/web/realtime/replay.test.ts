import { describe, expect, it } from 'vitest'
import { parseServerEvent } from '../../../server/domain/realtime-events/server-event.ts'
import { emptyBuffer, receiveEvent } from '../../../server/domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../../../server/domain/realtime-events/transcript-segments.ts'
import type { Segment } from '../../../server/domain/transcript.ts'
import { toReplay } from '../../../web/realtime/replay.ts'
import { quietTurn, receiveTurn } from '../../../web/realtime/turn-state.ts'
import { segmentInput } from '../../support/segment-input.ts'

const said = (itemId: string, over: Partial<Segment> = {}): Segment => ({
  ...segmentInput(itemId),
  sequence: 1,
  revision: 1,
  receivedStartMs: 0,
  receivedEndMs: 0,
  ...over,
})

describe('what a fresh call is told', () => {
  it('are the last twelve lines in their order, each by its speaker, without what is unfinished', () => {
    const lines = Array.from({ length: 15 }, (_, index) =>
      said(`i${index}`, { text: `line ${index}`, speaker: index % 2 === 0 ? 'PARTNER' : 'LEARNER' }),
    )
    const events = toReplay([...lines, said('half', { final: false }), said('empty', { text: ' ' })], 3)
    expect(events).toHaveLength(12)
    expect(events[0]).toEqual({
      type: 'conversation.item.create',
      item: { id: 'replay_3_0', type: 'message', role: 'user', content: [{ type: 'input_text', text: 'line 3' }] },
    })
    expect(events[11]).toMatchObject({
      item: { id: 'replay_3_11', role: 'assistant', content: [{ type: 'output_text', text: 'line 14' }] },
    })
  })

  it('comes back from the server without a trace in the transcript, and what follows it is the first line of its call', () => {
    const [replayed] = toReplay([said('i', { speaker: 'LEARNER' })], 2)
    const answer = { id: 'new', type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Go on.' }] }
    const messages = [
      { type: 'conversation.item.added', previous_item_id: null, item: replayed?.['item'] },
      { type: 'conversation.item.added', previous_item_id: 'replay_2_0', item: answer, response_id: 'r' },
      { type: 'response.output_text.done', item_id: 'new', response_id: 'r', content_index: 0, text: 'Go on.' },
    ]
    const events = messages.flatMap((message) => parseServerEvent(JSON.stringify(message)))
    const buffer = events.reduce(
      (state, event, order) => receiveEvent(state, { callNumber: 2, order, atMs: order, event }),
      emptyBuffer,
    )
    const segments = toSegments(buffer, { zeroMs: 0, voiceSource: 'MATCHED' }).map(({ segment }) => segment)
    expect(segments.map(({ itemId, previousItemId }) => [itemId, previousItemId])).toEqual([['new', null]])
    expect(events.reduce(receiveTurn, quietTurn).isAnswerDue).toBe(false)
  })
})
