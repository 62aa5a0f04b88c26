/** What holds of all speech, whatever it is. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measureHdd, measureMattr, measureMtld } from '../../../server/domain/speech-metrics/lexical-measures.ts'
import { measureSpeech } from '../../../server/domain/speech-metrics/measure-speech.ts'
import type { SpeechInput, SpokenSegment } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { listWords } from '../../../server/domain/speech-metrics/words.ts'
import { build, segment, valueOf, type SpeechPlan } from './constructed-speech.ts'

const anyTime = fc.oneof(fc.integer({ min: -1_000, max: 120_000 }), fc.constantFrom(0, Number.NaN, Infinity, -Infinity))
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc
    .array(fc.constantFrom('um', 'I', 'like', 'the', 'cat', 'wan-', '1999', ',', '.', 'you', 'know', 'uh', 'huh'), {
      maxLength: 200,
    })
    .map((words) => words.join(' ')),
)
const anySegment: fc.Arbitrary<SpokenSegment> = fc
  .record({
    speaker: fc.constantFrom('LEARNER' as const, 'PARTNER' as const),
    source: fc.constantFrom(
      'PROVIDER' as const,
      'MATCHED' as const,
      'RECOGNISED' as const,
      'TYPED' as const,
      'ALIGNED' as const,
    ),
    text: anyText,
    startMs: anyTime,
    endMs: anyTime,
  })
  .map((fields) => segment(fields))
const anyEnvelopes = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 0, max: 20_000 }),
      levels: fc.uint8Array({ maxLength: 400 }),
      stretch: fc.integer({ min: 1, max: 20 }),
    }),
    { maxLength: 3 },
  )
  .map((parts) => {
    let clockMs = -500
    return parts.map(({ gapMs, levels, stretch }) => {
      const startMs = clockMs + gapMs
      const longer = Uint8Array.from(
        { length: levels.length * stretch },
        (_, frame) => levels[Math.floor(frame / stretch)] ?? 0,
      )
      clockMs = startMs + longer.length * 10
      return { startMs, levels: longer }
    })
  })
const anyInput: fc.Arbitrary<SpeechInput> = fc.record({
  segments: fc.array(anySegment, { maxLength: 12 }),
  envelopes: anyEnvelopes,
  kind: fc.constantFrom('CONVERSATION' as const, 'MONOLOGUE' as const),
})

test('every value is a number that is not negative, or has a reason; pauses are in order and long enough', () => {
  fc.assert(
    fc.property(anyInput, (input) => {
      const { measures, pauses } = measureSpeech(input)
      for (const { name, value, missingReason, unit } of measures) {
        if (value === null) expect(missingReason, name).toMatch(/\.$/u)
        else expect(Number.isFinite(value) && value >= 0, `${name}: ${value}`).toBe(true)
        if (unit === '1' && name !== 'maas') expect(value ?? 0, name).toBeLessThanOrEqual(1 + 1e-9)
      }
      for (const { startMs, endMs } of pauses) expect(endMs - startMs).toBeGreaterThanOrEqual(200)
    }),
    { numRuns: 500 },
  )
})

test('the same speech later in the session has the same numbers', () => {
  fc.assert(
    fc.property(anyInput, fc.integer({ min: 1, max: 500 }), (input, tens) => {
      const by = tens * 10
      const later: SpeechInput = {
        ...input,
        segments: input.segments.map((each) => ({ ...each, startMs: each.startMs + by, endMs: each.endMs + by })),
        envelopes: input.envelopes.map((each) => ({ ...each, startMs: each.startMs + by })),
      }
      const round = ({ value }: { value: number | null }) => value && Math.round(value * 1e6)
      expect(measureSpeech(later).measures.map(round)).toEqual(measureSpeech(input).measures.map(round))
    }),
  )
})

const anyWords = fc.array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split('')), { minLength: 50, maxLength: 300 })

test('vocabulary is never NaN, and the other way round it has the same MTLD', () => {
  fc.assert(
    fc.property(anyWords, (words) => {
      const mtld = measureMtld(words)
      expect(mtld === null || (Number.isFinite(mtld) && mtld > 0)).toBe(true)
      if (mtld !== null) expect(measureMtld(words.toReversed())).toBeCloseTo(mtld, 9)
      expect(measureMattr(words)).toBeLessThanOrEqual(1)
      expect(measureHdd(words)).toBeLessThanOrEqual(1 + 1e-9)
    }),
  )
})

const talks = fc.array(
  fc.integer({ min: 80, max: 300 }).map((tens) => tens * 10),
  { minLength: 15, maxLength: 30 },
)
const pauseMs = fc.integer({ min: 20, max: 200 }).map((tens) => tens * 10)

test.each(['ENVELOPE', 'SEGMENTS'] as const)('one more pause never raises pace or the share of sound (%s)', (from) => {
  fc.assert(
    fc.property(talks, pauseMs, pauseMs, (talksMs, shortMs, addedMs) => {
      const of = (pausesMs: number[]): SpeechPlan => ({
        name: '',
        kind: 'MONOLOGUE',
        from,
        noise: -75,
        turns: [{ partnerMs: 0, latencyMs: 0, talksMs, pausesMs }],
      })
      const even = talksMs.slice(1).map(() => shortMs)
      const before = build(of(even))
      const after = build(of(even.map((pause, index) => (index === 7 ? pause + addedMs : pause))))
      for (const name of ['wpm', 'speechRate', 'phonationTimeRatio'] as const)
        expect(valueOf(after, name) ?? 0, name).toBeLessThanOrEqual((valueOf(before, name) ?? 0) + 1e-9)
    }),
    { numRuns: 60 },
  )
})

test('silence after the last word changes nothing', () => {
  fc.assert(
    fc.property(talks, pauseMs, fc.integer({ min: 1, max: 3_000 }), (talksMs, shortMs, frames) => {
      const input = build({
        name: '',
        kind: 'MONOLOGUE',
        from: 'ENVELOPE',
        noise: -75,
        turns: [{ partnerMs: 0, latencyMs: 0, talksMs, pausesMs: talksMs.slice(1).map(() => shortMs) }],
      })
      const longer = input.envelopes.map(({ startMs, levels }) => {
        const more = new Uint8Array(levels.length + frames).fill(levels[0] ?? 0)
        more.set(levels)
        return { startMs, levels: more }
      })
      expect(measureSpeech({ ...input, envelopes: longer })).toEqual(measureSpeech(input))
    }),
    { numRuns: 60 },
  )
})

test('words have letters or digits, and no more than the text', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const word of listWords([text])) expect(word.text).toMatch(/[\p{L}\p{N}]/u)
    }),
  )
})
