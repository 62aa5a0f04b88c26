/** The limits between the qualities, by levels and peaks that are made for them. */
import { describe, expect, it } from 'vitest'
import { toLoudness, toQuality } from '../../server/domain/recording-quality.ts'
import { toLevel } from '../../server/domain/speech-metrics/speech-envelope.ts'

interface Part {
  db: number
  frames: number
  peak?: number
}

function measure(...parts: Part[]) {
  const levels = Uint8Array.from(parts.flatMap(({ db, frames }) => Array<number>(frames).fill(toLevel(db))))
  const peaks = Uint8Array.from(parts.flatMap(({ peak = 100, frames }) => Array<number>(frames).fill(peak)))
  const loudness = toLoudness(levels, peaks)
  return { ...loudness, quality: toQuality(loudness) }
}

const quietRoom = { db: -75, frames: 500 }

it.each([
  ['speech at the usual level', [quietRoom, { db: -26, frames: 200 }], 'GOOD'],
  ['speech a little above the limit', [quietRoom, { db: -35.5, frames: 200 }], 'GOOD'],
  ['speech below it', [quietRoom, { db: -36.5, frames: 200 }], 'QUIET'],
  ['hardly anything to hear', [quietRoom, { db: -59, frames: 200 }], 'QUIET'],
  ['a room that is fainter than speech', [quietRoom, { db: -60.5, frames: 200 }], 'SILENT'],
  ['nothing at all', [{ db: -100, frames: 500 }], 'SILENT'],
  ['no frames', [], 'SILENT'],
  ['a word', [quietRoom, { db: -26, frames: 30 }], 'GOOD'],
  ['a click', [quietRoom, { db: -26, frames: 29 }], 'SILENT'],
  ['steady noise, however long', [{ db: -50, frames: 5_000 }], 'SILENT'],
  [
    'speech over steady noise',
    [
      { db: -50, frames: 500 },
      { db: -26, frames: 200 },
    ],
    'GOOD',
  ],
  ['a hum at full scale', [{ db: -1, frames: 500, peak: 255 }], 'CLIPPED'],
  [
    'one frame in a hundred cut off',
    [quietRoom, { db: -20, frames: 198 }, { db: -3, frames: 2, peak: 255 }],
    'CLIPPED',
  ],
  ['one in two hundred', [quietRoom, { db: -20, frames: 199 }, { db: -3, frames: 1, peak: 255 }], 'GOOD'],
  ['loud, but never cut off', [quietRoom, { db: -6, frames: 200, peak: 254 }], 'GOOD'],
] satisfies [string, Part[], string][])('%s', (_what, parts, quality) => {
  expect(measure(...parts).quality).toBe(quality)
})

describe('what it rests on', () => {
  it('is the power of the frames with sound, and how much of the time there is none', () => {
    const { soundDb, silenceShare } = measure(
      { db: -80, frames: 300 },
      { db: -20, frames: 50 },
      { db: -30, frames: 50 },
    )
    // (10^-2 + 10^-3) / 2 is -22.6 dB.
    expect(soundDb).toBeCloseTo(-22.6, 1)
    expect(silenceShare).toBeCloseTo(0.75)
  })

  it('is clipping by the frames with sound alone', () => {
    expect(measure(quietRoom, { db: -20, frames: 75 }, { db: -3, frames: 25, peak: 255 }).clippedShare).toBeCloseTo(
      0.25,
    )
  })
})
