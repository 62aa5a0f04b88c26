import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choosePauseMarks } from '../../../web/pages/review/pause-marks.ts'
import { toRecordingSeconds, toSessionMs, toTrackPart } from '../../../web/pages/review/recording-time.ts'
import { toWavePeaks } from '../../../web/pages/review/waveform-peaks.ts'

describe('the time of a session and of its recording', () => {
  it('differ by where the recording begins, before the session or after it', () => {
    expect(toRecordingSeconds(2_500, { startMs: 500 })).toBe(2)
    expect(toRecordingSeconds(2_500, { startMs: -500 })).toBe(3)
    expect(toSessionMs(2, { startMs: 500 })).toBe(2_500)
    expect(toSessionMs(3, { startMs: -500 })).toBe(2_500)
  })

  it('never leads before the first sample', () => {
    expect(toRecordingSeconds(200, { startMs: 500 })).toBe(0)
  })

  it('comes back to where it was, for every moment that is on the recording', () => {
    const startMs = fc.integer({ min: -5_000, max: 60_000 })
    const afterMs = fc.integer({ min: 0, max: 900_000 })
    fc.assert(
      fc.property(startMs, afterMs, (start, after) => {
        const place = { startMs: start }
        expect(toSessionMs(toRecordingSeconds(start + after, place), place)).toBeCloseTo(start + after, 6)
      }),
    )
  })
})

describe('a stretch of the session on the track', () => {
  const place = { startMs: 1_000 }

  it('is a share of the recording’s length', () => {
    expect(toTrackPart({ startMs: 3_000, endMs: 4_000 }, place, 8)).toEqual({ from: 0.25, length: 0.125 })
  })

  it('ends where the recording does', () => {
    expect(toTrackPart({ startMs: 0, endMs: 3_000 }, place, 10)).toEqual({ from: 0, length: 0.2 })
    expect(toTrackPart({ startMs: 10_000, endMs: 13_000 }, place, 10)?.length).toBeCloseTo(0.1)
  })

  it('is nowhere where it is not on the recording, or its length is unknown', () => {
    expect(toTrackPart({ startMs: 0, endMs: 900 }, place, 10)).toBeNull()
    expect(toTrackPart({ startMs: 12_000, endMs: 13_000 }, place, 10)).toBeNull()
    expect(toTrackPart({ startMs: 3_000, endMs: 4_000 }, place, 0)).toBeNull()
  })
})

describe('peaks', () => {
  it('fill the height with the loudest moment', () => {
    expect([...toWavePeaks([0, 60, 120])]).toEqual([0, 0.5, 1])
  })

  it('are not blown up where there is hardly any sound', () => {
    expect(Math.max(...toWavePeaks([0, 3, 6]))).toBeLessThan(0.2)
  })

  it('are between 0 and 1 whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10, max: 300 })), (peaks) =>
        toWavePeaks(peaks).every((peak) => peak >= 0 && peak <= 1),
      ),
    )
  })
})

describe('marks of pauses', () => {
  const pauses = (count: number, lengthMs: number) =>
    Array.from({ length: count }, (_, index) => ({ startMs: index * 5_000, endMs: index * 5_000 + lengthMs }))

  it('are all there are, where they can be told apart', () => {
    expect(choosePauseMarks(pauses(20, 300))).toEqual({ pauses: pauses(20, 300), thresholdMs: 250 })
  })

  it('are the longer ones where there are very many, and say from which length on', () => {
    const long = pauses(10, 700)
    expect(choosePauseMarks([...pauses(200, 300), ...long])).toEqual({ pauses: long, thresholdMs: 500 })
    expect(choosePauseMarks(pauses(200, 1_500)).thresholdMs).toBe(2_000)
  })
})
