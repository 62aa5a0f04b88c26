/** How a recording's words become segments of the transcript. */
import { describe, expect, it } from 'vitest'
import { isOfRecording, toRecognisedSegments } from '../../server/transcription/recognised-segments.ts'
import type { Passage } from '../../server/transcription/transcriber.ts'

const recording = { id: 'r1', startMs: 60_000, taskId: 'task-1' }

function timed(...words: [word: string, startMs: number, endMs: number][]): Passage {
  const all = words.map(([word, startMs, endMs]) => ({ word, startMs, endMs }))
  const text = all.map(({ word }) => word).join(' ')
  return { text, startMs: all[0]?.startMs ?? 0, endMs: all.at(-1)?.endMs ?? 0, words: all }
}

function untimed(text: string, startMs: number, endMs: number): Passage {
  return { text, startMs, endMs, words: null }
}

function segmentsOf(passages: Passage[], speech: { startMs: number; endMs: number }[] = []) {
  return toRecognisedSegments(passages, speech, recording).map(({ text, startMs, endMs }) => [text, startMs, endMs])
}

it('each follows the one before, is final, and belongs to the task, by ids that are the same every time', () => {
  const passages = [untimed('One. Two.', 0, 2_000)]
  const segments = toRecognisedSegments(passages, [], recording)
  expect(segments).toMatchObject([
    { itemId: 'recording-r1-1', previousItemId: null, source: 'RECOGNISED', speaker: 'LEARNER', taskId: 'task-1' },
    { itemId: 'recording-r1-2', previousItemId: 'recording-r1-1', callNumber: 1, final: true, interrupted: false },
  ])
  expect(toRecognisedSegments(passages, [], recording)).toEqual(segments)
  expect(segments.every((segment) => isOfRecording(segment, 'r1'))).toBe(true)
  expect(segments.some((segment) => isOfRecording(segment, 'r'))).toBe(false)
})

it('there are none of nothing', () => {
  expect(segmentsOf([])).toEqual([])
})

describe('words with times', () => {
  it.each([
    ['end a segment at a pause of 1.2 s', 1_200, ['I like', 'rice']],
    ['go on after a shorter one', 1_199, ['I like rice']],
  ])('%s', (_what, pauseMs, texts) => {
    const passage = timed(['I', 0, 100], ['like', 100, 400], ['rice', 400 + pauseMs, 2_000])
    expect(segmentsOf([passage]).map(([text]) => text)).toEqual(texts)
  })

  it.each(['rice.', 'rice?', 'rice!', 'rice…', 'rice."', 'rice.)'])('end a segment after %s', (word) => {
    const passage = timed(['I', 0, 100], [word, 100, 400], ['Yes', 450, 600])
    expect(segmentsOf([passage])).toEqual([
      [`I ${word}`, 60_000, 60_400],
      ['Yes', 60_450, 60_600],
    ])
  })

  it('go on over the end of a passage', () => {
    const passages = [timed(['I', 0, 100], ['like', 100, 400]), timed(['fresh', 500, 700], ['rice.', 700, 900])]
    expect(segmentsOf(passages)).toEqual([['I like fresh rice.', 60_000, 60_900]])
  })
})

describe('words without times', () => {
  it('are spread over the passage by their letters', () => {
    // "Aaaa." and "Bb." with a blank each: 6 and 4 of 10.
    expect(segmentsOf([untimed('Aaaa. Bb.', 1_000, 2_000)])).toEqual([
      ['Aaaa.', 61_000, 61_600],
      ['Bb.', 61_600, 62_000],
    ])
  })

  it('leave the silence out, before, between and after the speech', () => {
    const speech = [
      { startMs: 500, endMs: 1_100 },
      { startMs: 5_000, endMs: 5_400 },
    ]
    expect(segmentsOf([untimed('Aaaa. Bb.', 0, 9_000)], speech)).toEqual([
      ['Aaaa.', 60_500, 61_100],
      ['Bb.', 65_000, 65_400],
    ])
  })

  it('end no segment at a pause that lies somewhere among them, but at one between two passages', () => {
    const speech = [
      { startMs: 0, endMs: 1_000 },
      { startMs: 4_000, endMs: 5_000 },
      { startMs: 8_000, endMs: 9_000 },
    ]
    const passages = [untimed('aaaa bbbb cccc dddd', 0, 5_000), untimed('five six', 8_000, 9_000)]
    expect(segmentsOf(passages, speech)).toEqual([
      ['aaaa bbbb cccc dddd', 60_000, 65_000],
      ['five six', 68_000, 69_000],
    ])
  })

  it('never run backwards', () => {
    const text = Array.from({ length: 300 }, (_, index) => (index % 7 === 6 ? 'end.' : `w${index}`)).join(' ')
    const speech = Array.from({ length: 40 }, (_, index) => ({ startMs: index * 700, endMs: index * 700 + 333 }))
    let lastMs = 0
    for (const { startMs, endMs } of toRecognisedSegments([untimed(text, 0, 28_000)], speech, recording)) {
      expect(startMs).toBeGreaterThanOrEqual(lastMs)
      expect(endMs).toBeGreaterThanOrEqual(startMs)
      lastMs = endMs
    }
  })
})
