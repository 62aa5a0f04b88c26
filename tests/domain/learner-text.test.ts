/** Where a learner's text is parted into segments, and what each of them follows. */
import { describe, expect, it } from 'vitest'
import { partingPauseMs, toAlignedSegments, type TimedWord } from '../../server/domain/learner-text.ts'
import { mergeSegments } from '../../server/domain/transcript.ts'
import { segmentInput } from '../support/segment-input.ts'

/** Words of 200 ms that begin at these times. */
function wordsAt(...startsMs: number[]): TimedWord[] {
  return startsMs.map((startMs, index) => ({ word: `w${index + 1}`, startMs, endMs: startMs + 200 }))
}

const { segments: known } = mergeSegments(
  [],
  [
    segmentInput('ask-1', { startMs: 0, endMs: 900 }),
    segmentInput('ask-2', { previousItemId: 'ask-1', startMs: 2_000, endMs: 2_900, callNumber: 1 }),
    segmentInput('ask-3', { startMs: 9_000, endMs: 9_900, callNumber: 2 }),
  ],
)

function textsOf(words: readonly TimedWord[]): string[] {
  return toAlignedSegments(words, { known, taskId: null }).map(({ text }) => text)
}

describe('a text with its times', () => {
  it('is parted where the partner began to speak, however short the pause', () => {
    expect(textsOf(wordsAt(1_000, 1_700, 2_100))).toEqual(['w1 w2', 'w3'])
  })

  it('is parted at a long pause, and not at a shorter one', () => {
    expect(textsOf(wordsAt(3_000, 3_200 + partingPauseMs - 1))).toEqual(['w1 w2'])
    expect(textsOf(wordsAt(3_000, 3_200 + partingPauseMs))).toEqual(['w1', 'w2'])
  })

  it('takes its place by time in the call where it was said', () => {
    const said = toAlignedSegments(wordsAt(1_000, 5_000, 10_000), { known, taskId: null })
    expect(said.map(({ callNumber, previousItemId }) => [callNumber, previousItemId])).toEqual([
      [1, 'ask-1'],
      [1, 'ask-2'],
      [2, 'ask-3'],
    ])
    const { segments } = mergeSegments(known, said)
    expect(segments.map(({ startMs }) => startMs)).toEqual([0, 1_000, 2_000, 5_000, 9_000, 10_000])
  })

  it('moves nothing of what is there but its place in the order', () => {
    const { segments } = mergeSegments(known, toAlignedSegments(wordsAt(1_000, 5_000), { known, taskId: null }))
    for (const before of known)
      expect({ ...segments.find(({ itemId }) => itemId === before.itemId), sequence: before.sequence }).toEqual(before)
  })

  it('stands first where nobody has spoken before', () => {
    expect(toAlignedSegments(wordsAt(100), { known: [], taskId: null })).toMatchObject([
      { callNumber: 1, previousItemId: null, final: true },
    ])
  })
})
