/** What the plans of time-measures.test.ts do not show: sound and text that do not fit each other, and sound without text. */
import { describe, expect, test } from 'vitest'
import { emptyBuffer, receiveEvent } from '../../../server/domain/realtime-events/transcript-buffer.ts'
import { toSegments } from '../../../server/domain/realtime-events/transcript-segments.ts'
import { mergeSegments } from '../../../server/domain/transcript.ts'
import type { ServerEvent } from '../../../server/domain/realtime-events/server-event.ts'
import { measureSpeech } from '../../../server/domain/speech-metrics/measure-speech.ts'
import { toLevel } from '../../../server/domain/speech-metrics/speech-envelope.ts'
import { measureNames, type SpeechInput } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { measure, said, segment, toEnvelope, valueOf } from './constructed-speech.ts'

const words = (count: number): string => Array<string>(count).fill('cat').join(' ')
const stretch = (startMs: number, endMs: number) => ({ startMs, endMs })

test('each measure is there once, in order, with its unit, base and source, and a reason just where it has no value', () => {
  for (const input of [
    said(''),
    said('cat'),
    said(words(200), 100),
    { kind: 'MONOLOGUE' as const, segments: [], envelopes: [] },
  ]) {
    const { measures } = measureSpeech(input)
    expect(measures.map(({ name }) => name)).toEqual(measureNames)
    for (const { value, unit, base, source, missingReason } of measures) {
      expect([unit, base, source].every((text) => text.length > 0 && !text.includes('$'))).toBe(true)
      expect(value === null).toBe(missingReason !== null)
    }
  }
})

test('of conversations the base says that only long turns are compared, and of transcripts that short pauses are not seen', () => {
  expect(measure({ ...said(words(40)), kind: 'CONVERSATION' }, 'speechRate').base).toContain('5 s and more')
  expect(measure(said(words(40)), 'speechRate').base).not.toContain('5 s')
  expect(measure(said(words(40)), 'phonationTimeRatio').base).toContain('between the transcript’s segments')
})

describe('without any recogniser', () => {
  const sound = toEnvelope([stretch(1_000, 12_000), stretch(13_000, 25_000), stretch(30_000, 34_000)], 36_000)

  test('a learner alone has talk time and pauses, and no words', () => {
    const input: SpeechInput = { kind: 'MONOLOGUE', segments: [], envelopes: [sound] }
    expect(measureSpeech(input)).toMatchObject({
      pauseSource: 'ENVELOPE',
      pauses: [stretch(12_000, 13_000), stretch(25_000, 30_000)],
    })
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(33)
    expect(valueOf(input, 'phonationTimeRatio')).toBeCloseTo(27 / 33)
    for (const name of ['words', 'wpm', 'speechRate', 'mtld', 'repairsPer100Words'] as const)
      expect(measure(input, name)).toMatchObject({
        value: null,
        missingReason: expect.stringContaining('not written down'),
      })
  })

  test('in a conversation two seconds of silence are taken for the partner’s turn', () => {
    const input: SpeechInput = { kind: 'CONVERSATION', segments: [], envelopes: [sound] }
    expect(measureSpeech(input).pauses).toEqual([stretch(12_000, 13_000)])
    expect(valueOf(input, 'learnerTurns')).toBe(2)
  })

  test('what was not recorded between two parts is no pause', () => {
    const second = toEnvelope([stretch(60_000, 75_000)], 20_000, -75, 58_000)
    const input: SpeechInput = { kind: 'MONOLOGUE', segments: [], envelopes: [sound, second] }
    expect(measureSpeech(input).pauses).toHaveLength(2)
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(33 + 15)
  })

  test.each<[string, Uint8Array]>([
    ['no frame', new Uint8Array()],
    ['one frame', new Uint8Array([180])],
    ['silence', new Uint8Array(3_000)],
    ['even noise', new Uint8Array(3_000).fill(toLevel(-40))],
    [
      'noise that no microphone takes for speech',
      Uint8Array.from({ length: 3_000 }, (_, frame) => (frame % 200 < 100 ? 10 : 60)),
    ],
    ['levels beyond the scale', new Uint8Array(3_000).fill(255)],
  ])('%s is no speech', (_name, levels) => {
    const input: SpeechInput = { kind: 'MONOLOGUE', segments: [], envelopes: [{ startMs: 0, levels }] }
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(0)
    expect(measure(input, 'speechRate').missingReason).toMatch(/said|written/u)
  })
})

describe('sound', () => {
  const talk = (sounds: { startMs: number; endMs: number }[], noise = -75): SpeechInput => ({
    kind: 'MONOLOGUE',
    segments: [segment({ text: words(60), startMs: 0, endMs: 30_000 })],
    envelopes: [toEnvelope(sounds, 31_000, noise)],
  })

  test('a click in a pause does not end it', () => {
    const clicked = talk([stretch(0, 10_000), stretch(10_500, 10_550), stretch(11_000, 30_000)])
    expect(measureSpeech(clicked).pauses).toEqual([stretch(10_000, 11_000)])
    const spoken = talk([stretch(0, 10_000), stretch(10_500, 10_560), stretch(11_000, 30_000)])
    expect(measureSpeech(spoken).pauses).toEqual([stretch(10_000, 10_500), stretch(10_560, 11_000)])
  })

  test('a sound that flickers about the threshold ends once', () => {
    const input = talk([stretch(0, 10_000), stretch(12_000, 30_000)])
    const levels = input.envelopes[0]?.levels
    // Between the thresholds: -45 dBFS ends speech, and it takes -42 to begin.
    for (let frame = 1_000; frame < 1_200; frame += 1)
      levels?.fill(toLevel(frame % 2 === 0 ? -43.5 : -46), frame, frame + 1)
    expect(measureSpeech(input).pauses).toEqual([stretch(10_010, 12_000)])
  })

  test.each([-20, -30, -40, -45])('the threshold follows how loud the learner is: %d dBFS', (loudness) => {
    const input = talk([stretch(0, 10_000), stretch(10_400, 30_000)], -75)
    const levels = input.envelopes[0]?.levels.map((level) => (level === toLevel(-20) ? toLevel(loudness) : level))
    const envelopes = [{ startMs: 0, levels: levels ?? new Uint8Array() }]
    expect(measureSpeech({ ...input, envelopes }).pauses).toEqual([stretch(10_000, 10_400)])
  })

  test('of a muted microphone says nothing of the noise in the room', () => {
    const input = talk([stretch(0, 10_000), stretch(12_000, 20_000)], -40)
    input.envelopes[0]?.levels.fill(0, 2_000)
    const segments = [segment({ text: words(40), startMs: 0, endMs: 20_000 })]
    expect(measureSpeech({ ...input, segments }).pauses).toEqual([stretch(10_000, 12_000)])
  })

  test('of somebody louder outside the learner’s turns does not hide the learner', () => {
    const levels = new Uint8Array(60_000).fill(toLevel(-75))
    levels.fill(toLevel(-8), 10_000, 50_000)
    levels.fill(toLevel(-40), 100, 2_500)
    levels.fill(toLevel(-75), 1_000, 1_050)
    const segments = [segment({ text: words(40), startMs: 1_000, endMs: 25_000 })]
    const input: SpeechInput = { kind: 'MONOLOGUE', segments, envelopes: [{ startMs: 0, levels }] }
    expect(measureSpeech(input)).toMatchObject({ pauseSource: 'ENVELOPE', pauses: [stretch(10_000, 10_500)] })
  })

  test('that was not recorded between two parts is no pause, though both were written down', () => {
    const [first, second] = [stretch(0, 15_000), stretch(40_000, 55_000)]
    const input: SpeechInput = {
      kind: 'MONOLOGUE',
      segments: [first, second].map((span) => segment({ text: words(30), ...span })),
      envelopes: [toEnvelope([first], 16_000), toEnvelope([second], 16_000, -75, 40_000)],
    }
    expect(measureSpeech(input).pauses).toEqual([])
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(30)
  })

  test('is looked at a little beyond the times of the transcript, and no further', () => {
    const input = talk([stretch(0, 30_000)])
    const segments = [segment({ text: words(40), startMs: 5_000, endMs: 25_000 })]
    expect(valueOf({ ...input, segments }, 'learnerSpeechSeconds')).toBeCloseTo(20.6)
  })

  test('outside the learner’s turns is not the learner’s: an echo of the partner counts nowhere', () => {
    const input: SpeechInput = {
      kind: 'CONVERSATION',
      segments: [
        segment({ speaker: 'PARTNER', text: 'Hello', startMs: 0, endMs: 9_000 }),
        segment({ text: words(40), startMs: 10_000, endMs: 31_000 }),
      ],
      envelopes: [toEnvelope([stretch(1_000, 4_000), stretch(5_000, 9_000), stretch(10_000, 31_000)], 32_000)],
    }
    expect(measureSpeech(input).pauses).toEqual([])
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(21)
  })

  test('of a part only: rates are taken over the turns that were recorded', () => {
    const segments = [0, 40_000].map((startMs) => segment({ text: words(60), startMs, endMs: startMs + 30_000 }))
    const partner = segment({ speaker: 'PARTNER', text: 'And?', startMs: 30_000, endMs: 39_000 })
    const [first = partner, second = partner] = segments
    const input: SpeechInput = {
      kind: 'CONVERSATION',
      segments: [first, partner, { ...second, text: words(120) }],
      envelopes: [toEnvelope([stretch(0, 15_000), stretch(16_000, 30_000)], 31_000)],
    }
    expect(measureSpeech(input)).toMatchObject({ pauseSource: 'ENVELOPE', pauses: [stretch(15_000, 16_000)] })
    expect(valueOf(input, 'wpm')).toBeCloseTo(120)
    expect(valueOf(input, 'words')).toBe(180)
    expect(valueOf(input, 'learnerSpeechSeconds')).toBe(60)
  })

  test('of less than half of what was said does not stand for it', () => {
    const short = toEnvelope([stretch(0, 5_000)], 8_000)
    expect(measureSpeech({ ...said(words(60), 30), envelopes: [short] }).pauseSource).toBe('SEGMENTS')
  })

  test('that holds no speech where the transcript has some leaves the times of the transcript', () => {
    const silence = { startMs: 0, levels: new Uint8Array(4_000) }
    const input = { ...said(words(60), 30), envelopes: [silence] }
    expect(measureSpeech(input).pauseSource).toBe('SEGMENTS')
    expect(valueOf(input, 'wpm')).toBeCloseTo(120)
  })
})

describe('times that cannot be true', () => {
  test.each<[string, number, number]>([
    ['none', 0, 0],
    ['backwards', 5_000, 4_000],
    ['not a number', Number.NaN, Number.NaN],
    ['without an end', 0, Infinity],
    ['too short for the words', 0, 500],
  ])('%s: the words count, and not for the pace', (_name, startMs, endMs) => {
    const timed = segment({ text: words(60), startMs: 10_000, endMs: 40_000 })
    const untimed = segment({ text: words(10), startMs, endMs })
    const input: SpeechInput = { kind: 'MONOLOGUE', envelopes: [], segments: [untimed, timed] }
    expect(valueOf(input, 'words')).toBe(70)
    expect(valueOf(input, 'wpm')).toBeCloseTo(120)
    const alone = { ...input, segments: [untimed] }
    expect(measure(alone, 'learnerSpeechSeconds').missingReason).toBe('It is not known when you spoke.')
  })
})

test('the padding of a recogniser’s times is taken off once, where the transcript is made', () => {
  const speech: [startMs: number, endMs: number][] = [
    [1_000, 14_000],
    [16_000, 28_000],
  ]
  const events: [atMs: number, event: ServerEvent][] = [
    [0, { kind: 'session', turnDetection: { type: 'server_vad', prefixPaddingMs: 300, silenceMs: 500, raw: {} } }],
    ...speech.flatMap(([startMs, endMs], index): [number, ServerEvent][] => [
      [startMs, { kind: 'speech-started', itemId: `item-${index}`, audioMs: startMs - 300 }],
      [endMs + 500, { kind: 'speech-stopped', itemId: `item-${index}`, audioMs: endMs + 500 }],
      [endMs + 900, { kind: 'committed', itemId: `item-${index}`, previousItemId: index === 0 ? null : 'item-0' }],
      [endMs + 900, { kind: 'learner-text', itemId: `item-${index}`, text: words(20) }],
    ]),
  ]
  const buffer = events.reduce(
    (state, [atMs, event], order) => receiveEvent(state, { callNumber: 1, order, atMs, event }),
    emptyBuffer,
  )
  const heard = toSegments(buffer, { zeroMs: 0, voiceSource: 'PROVIDER' }).map(({ segment }) => segment)
  // The page's clock is known from when events came: the earliest tells most.
  const offsetMs = (heard[0]?.startMs ?? 0) - 1_000
  const input: SpeechInput = { kind: 'MONOLOGUE', envelopes: [], segments: mergeSegments([], heard).segments }
  expect(measureSpeech(input).pauses).toEqual([stretch(14_000 + offsetMs, 16_000 + offsetMs)])
  expect(valueOf(input, 'learnerSpeechSeconds')).toBe(27)
})
