/** Levels and peaks of samples whose loudness is known by their formula. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMeasurementFile, toMeasurementFile } from '../../server/audio/measurement-file.ts'
import { spreadPeaks, toEnvelope, toPeaks } from '../../server/audio/sound-envelope.ts'
import { toDecibels } from '../../server/domain/speech-metrics/speech-envelope.ts'

const rates = [8_000, 16_000, 22_050, 44_100, 48_000]

/** A tone of 400 Hz: whole periods in every frame. */
function tone(sampleRate: number, seconds: number, amplitude: number): Int16Array {
  return Int16Array.from({ length: sampleRate * seconds }, (_, index) =>
    Math.round(32_767 * amplitude * Math.sin((2 * Math.PI * 400 * index) / sampleRate)),
  )
}

describe.each(rates)('at %i Hz', (sampleRate) => {
  it.each([1, 0.5, 0.1, 0.01])(
    'a tone of %f of full scale has its level in every frame, to half a decibel',
    (amplitude) => {
      const { levels, startMs } = toEnvelope(tone(sampleRate, 1, amplitude), sampleRate, -250)
      const expected = 20 * Math.log10(amplitude) - 3.01
      expect([levels.length, startMs]).toEqual([100, -250])
      for (const level of levels) expect(Math.abs(toDecibels(level) - expected)).toBeLessThanOrEqual(0.5)
    },
  )

  it('a pause begins and ends in the frame where it does', () => {
    const samples = tone(sampleRate, 1, 0.5)
    samples.fill(0, 0.3 * sampleRate, 0.6 * sampleRate)
    const { levels } = toEnvelope(samples, sampleRate, 0)
    const silent = [...levels.keys()].filter((frame) => levels[frame] === 0)
    expect([silent.length, silent[0], silent.at(-1)]).toEqual([30, 30, 59])
  })
})

it('digital silence is level 0, and a square wave at full scale level 200', () => {
  expect([...toEnvelope(new Int16Array(480), 16_000, 0).levels]).toEqual([0, 0, 0])
  expect([...toEnvelope(new Int16Array(480).fill(-32_768), 16_000, 0).levels]).toEqual([200, 200, 200])
})

it('what is left of a last frame is a frame of its own, by its own samples', () => {
  const { levels } = toEnvelope(new Int16Array(170).fill(16_384), 16_000, 0)
  expect([...levels]).toEqual([188, 188])
  expect(toEnvelope(new Int16Array(), 16_000, 0).levels).toHaveLength(0)
})

it('a peak is the largest sample to either side', () => {
  const samples = new Int16Array(480)
  samples[5] = 16_384
  samples[170] = -32_768
  samples[171] = 1_000
  expect([...toPeaks(samples, 16_000)]).toEqual([128, 255, 0])
})

describe('peaks for a waveform', () => {
  it.each([
    [[1, 9, 3, 4], 2, [9, 4]],
    [[1, 9, 3, 4], 1, [9]],
    [[1, 9, 3, 4, 5], 2, [9, 5]],
    [[1, 9], 4, [1, 1, 9, 9]],
    [[], 3, [0, 0, 0]],
  ])('of %j, %i of them are %j', (peaks, count, expected) => {
    expect(spreadPeaks(Uint8Array.from(peaks), count)).toEqual(expected)
  })

  it('are as many as were asked for, and lose none that is large', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.integer({ min: 1, max: 300 }), (peaks, count) => {
        const spread = spreadPeaks(peaks, count)
        expect(spread).toHaveLength(count)
        expect(Math.max(...spread)).toBe(Math.max(...peaks))
      }),
    )
  })
})

describe('a measurement file', () => {
  const measurement = { levels: Uint8Array.of(1, 2, 200), peaks: Uint8Array.of(3, 4, 255) }

  it('is read as it was written', () => {
    expect(parseMeasurementFile(toMeasurementFile(measurement))).toEqual(measurement)
  })

  it.each([
    ['of a later version', (file: Uint8Array) => file.fill(2, 4, 5)],
    ['of something else', (file: Uint8Array) => file.fill(0, 0, 1)],
    ['that breaks off', (file: Uint8Array) => file.slice(0, -1)],
    ['with nothing but a beginning', (file: Uint8Array) => file.slice(0, 11)],
  ])('%s is none', (_what, change) => {
    expect(parseMeasurementFile(new Uint8Array(change(toMeasurementFile(measurement))))).toBeNull()
  })
})
