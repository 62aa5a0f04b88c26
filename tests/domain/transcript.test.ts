import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  finalizeSegments,
  mergeSegments,
  type Segment,
  type SegmentInput,
  toWebVtt,
} from '../../server/domain/transcript.ts'
import { mergeAtTail } from '../../server/domain/transcript-tail.ts'
import { segmentInput as segment } from '../support/segment-input.ts'
import { conversationEvents, cutAt } from '../support/transcript-events.ts'
import { parseWebVtt } from '../support/web-vtt.ts'

const shuffledTwice = conversationEvents.chain((events) =>
  fc.record({
    events: fc.constant(events),
    once: fc.shuffledSubarray(events, { minLength: events.length }),
    again: fc.array(fc.constantFrom(...events)),
    cuts: fc.array(fc.nat(40), { maxLength: 6 }),
  }),
)

const merge = (events: readonly SegmentInput[]): Segment[] => mergeSegments([], events).segments

describe('the merge rule', () => {
  it('gives the same transcript for any permutation, duplication and batching of the same events', () => {
    fc.assert(
      fc.property(shuffledTwice, ({ events, once, again, cuts }) => {
        const arrivals = [...once, ...again]
        let known: Segment[] = []
        for (const batch of cutAt(arrivals, cuts)) known = mergeSegments(known, batch).segments
        expect(known).toEqual(merge(events))
      }),
      { numRuns: 500 },
    )
  })

  it('gives at the tail what it gives over the whole', () => {
    let shortWays = 0
    fc.assert(
      fc.property(shuffledTwice, fc.boolean(), ({ events, once, cuts }, isInOrder) => {
        let known: Segment[] = []
        for (const batch of isInOrder ? events.map((event) => [event]) : cutAt(once, cuts)) {
          const whole = mergeSegments(known, batch)
          const short = mergeAtTail(tailOf(known, batch), batch)
          if (short) {
            shortWays += 1
            expect(bySequence(short)).toEqual(whole.changed)
          }
          known = whole.segments
        }
      }),
      { numRuns: 500 },
    )
    expect(shortWays).toBeGreaterThan(200)
  })

  it('numbers from 1 without gaps, and never lets one speaker overlap himself', () => {
    fc.assert(
      fc.property(conversationEvents, (events) => {
        const segments = merge(events)
        expect(segments.map((one) => one.sequence)).toEqual(segments.map((_, index) => index + 1))
        for (const speaker of ['LEARNER', 'PARTNER'] as const) {
          const own = segments.filter((one) => one.speaker === speaker)
          for (const [index, one] of own.entries()) {
            expect(one.endMs).toBeGreaterThanOrEqual(one.startMs)
            expect(one.startMs).toBeGreaterThanOrEqual(own[index - 1]?.endMs ?? 0)
          }
        }
      }),
    )
  })

  it('loses no text: every item keeps its final, or its longest partial', () => {
    fc.assert(
      fc.property(shuffledTwice, ({ events, once }) => {
        const texts = new Map(merge(once).map((one) => [one.itemId, one.text]))
        for (const event of events) {
          const kept = texts.get(event.itemId) ?? ''
          expect(kept.length).toBeGreaterThanOrEqual(event.text.length)
          if (event.final) expect(kept).toBe(event.text)
        }
      }),
    )
  })

  it('never replaces a final by a partial, however long', () => {
    const [kept] = mergeSegments(merge([segment('a', { text: 'yes' })]), [
      segment('a', { text: 'yes and more', final: false }),
    ]).segments
    expect(kept).toMatchObject({ text: 'yes', final: true })
  })

  it('puts an item that arrives late before the one that followed it', () => {
    const early = merge([segment('a'), segment('c', { previousItemId: 'b', startMs: 900 })])
    const late = mergeSegments(early, [segment('b', { previousItemId: 'a', startMs: 500, speaker: 'LEARNER' })])
    expect(late.segments.map((one) => one.itemId)).toEqual(['a', 'b', 'c'])
    expect(late.changed.map((one) => one.itemId)).toEqual(['b', 'c'])
  })

  it('keeps every item when items name each other in a circle', () => {
    const ids = merge([segment('a', { previousItemId: 'b' }), segment('b', { previousItemId: 'a' })]).map(
      (one) => one.itemId,
    )
    expect(ids.toSorted()).toEqual(['a', 'b'])
  })

  it('mends an overlap of one speaker and keeps the times as received', () => {
    const [, second] = merge([
      segment('a', { endMs: 800 }),
      segment('b', { previousItemId: 'a', startMs: 500, endMs: 700 }),
    ])
    expect(second).toMatchObject({ startMs: 800, endMs: 800, receivedStartMs: 500, receivedEndMs: 700 })
  })

  it('makes partials final with the text they have when it is finalized', () => {
    const open = merge([segment('a'), segment('b', { previousItemId: 'a', text: 'half a sen', final: false })])
    expect(finalizeSegments(open)).toMatchObject([{ itemId: 'b', text: 'half a sen', final: true }])
  })
})

describe('writes WebVTT', () => {
  it('whose text cannot break out of its cue', () => {
    const vtt = toWebVtt([{ speaker: 'LEARNER', text: 'a < b & c\n\nWEBVTT', startMs: 61_005, endMs: 61_005 }])
    expect(vtt).toBe('WEBVTT\n\n1\n00:01:01.005 --> 00:01:01.006\n<v Learner>a &lt; b &amp; c WEBVTT\n')
  })

  it.each(['\n\n', '\r\r', '\r\n\r\n', '\n\r', ' \r \n '])('that is one cue where the text has %j', (ends) => {
    const text = `so${ends}00:00:01.000 --> 00:00:02.000${ends}<v Partner>never said`
    const vtt = toWebVtt([{ speaker: 'LEARNER', text, startMs: 0, endMs: 900 }])
    expect(parseWebVtt(vtt)).toEqual([
      {
        startMs: 0,
        endMs: 900,
        voice: 'Learner',
        text: 'so 00:00:01.000 --> 00:00:02.000 <v Partner>never said',
      },
    ])
  })
})

/** What the database's tail query gives. */
function tailOf(known: readonly Segment[], batch: readonly SegmentInput[]): Segment[] {
  const named = new Set(batch.map((input) => input.itemId))
  const last = new Set(
    ['LEARNER', 'PARTNER'].map((speaker) => known.findLast((one) => one.speaker === speaker)?.itemId),
  )
  return known.filter(
    (one) =>
      named.has(one.itemId) || last.has(one.itemId) || (one.previousItemId !== null && named.has(one.previousItemId)),
  )
}

function bySequence(segments: readonly Segment[]): Segment[] {
  return segments.toSorted((a, b) => a.sequence - b.sequence)
}
