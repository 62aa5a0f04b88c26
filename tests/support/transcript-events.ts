/** What a browser reports of a conversation, made up by fast-check. */
import fc from 'fast-check'
import type { SegmentInput } from '../../server/domain/transcript.ts'
import { segmentInput } from './segment-input.ts'

/** Each item several partials and at most one final, chained within its call; some are never sent, some fork the chain. At most 48 events. */
export const conversationEvents: fc.Arbitrary<SegmentInput[]> = fc
  .array(
    fc.record({
      speaker: fc.constantFrom('LEARNER' as const, 'PARTNER' as const),
      words: fc.array(fc.stringMatching(/^[a-zäß’ ]{0,6}[a-z]$/), { minLength: 1, maxLength: 4 }),
      startMs: fc.nat(5_000),
      lengthMs: fc.nat(3_000),
      hasFinal: fc.boolean(),
      startsCall: fc.boolean(),
      isNeverSent: fc.boolean(),
      forks: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((turns) => {
    let callNumber = 1
    let previousItemId: string | null = null
    return turns.flatMap((turn, index): SegmentInput[] => {
      if (turn.startsCall && index > 0) {
        callNumber += 1
        previousItemId = null
      }
      const base = { callNumber, previousItemId, speaker: turn.speaker, startMs: turn.startMs }
      const itemId = `item-${index}`
      if (!turn.forks) previousItemId = itemId
      if (turn.isNeverSent) return []
      const endMs = turn.startMs + turn.lengthMs
      const partials = turn.words.map((_, count) =>
        segmentInput(itemId, {
          ...base,
          text: turn.words.slice(0, count + 1).join(' '),
          endMs: turn.startMs + count,
          final: false,
        }),
      )
      return turn.hasFinal
        ? [
            ...partials,
            segmentInput(itemId, { ...base, text: turn.words.join(' '), endMs: Math.max(endMs, turn.startMs + 4) }),
          ]
        : partials
    })
  })
  .filter((events) => events.length > 0)

/** Batches of at least one item and at most 50: what one call takes. */
export function cutAt<T>(items: readonly T[], cuts: readonly number[]): T[][] {
  const wanted = [...cuts, 49, 98].filter((cut) => cut > 0 && cut < items.length)
  const edges = [0, ...new Set(wanted.toSorted((a, b) => a - b)), items.length]
  return edges.slice(1).map((edge, index) => items.slice(edges[index], edge))
}
