/** The last turns, given back to a fresh call before anything else, so that the partner goes on where it was. */
import { replayedItemPrefix } from '../../server/domain/realtime-events/server-event.ts'
import type { Segment } from '../../server/domain/transcript.ts'
import type { ClientEvent } from './call.ts'

/** Enough to know what was talked about; all of an hour would only be slow. */
const mostLines = 12

/** In their order. The ids are short (OpenAI takes 32 characters) and differ from call to call. */
export function toReplay(segments: readonly Segment[], callNumber: number): ClientEvent[] {
  const lines = segments.filter(({ final, text }) => final && text.trim() !== '').slice(-mostLines)
  return lines.map(({ speaker, text }, index) => ({
    type: 'conversation.item.create',
    item: {
      id: `${replayedItemPrefix}${callNumber}_${index}`,
      type: 'message',
      ...(speaker === 'LEARNER'
        ? { role: 'user', content: [{ type: 'input_text', text }] }
        : { role: 'assistant', content: [{ type: 'output_text', text }] }),
    },
  }))
}
