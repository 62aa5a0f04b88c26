import type { SegmentInput } from '../../../server/domain/transcript.ts'

/** A segment for tests: a partner's final line unless told otherwise. */
export function toTestSegment(itemId: string, change: Partial<SegmentInput> = {}): SegmentInput {
  return {
    itemId,
    callNumber: 1,
    previousItemId: null,
    source: 'PROVIDER',
    speaker: 'PARTNER',
    text: `Text of ${itemId}`,
    startMs: 0,
    endMs: 100,
    final: true,
    interrupted: false,
    taskId: null,
    ...change,
  }
}
