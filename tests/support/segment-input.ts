import type { SegmentInput } from '../../server/domain/transcript.ts'

/** A segment as a browser reports it: a partner's final line unless told otherwise. */
export function segmentInput(itemId: string, over: Partial<SegmentInput> = {}): SegmentInput {
  return {
    itemId,
    callNumber: 1,
    previousItemId: null,
    source: 'PROVIDER',
    speaker: 'PARTNER',
    text: `text of ${itemId}`,
    startMs: 0,
    endMs: 100,
    final: true,
    interrupted: false,
    taskId: null,
    ...over,
  }
}
