/**
 * The rules by which measures become a level, on profiles of measures that were written for these tests. They are not of
 * learners, and show nothing of how right the levels are.
 */
import { describe, expect, test } from 'vitest'
import { cefrLevels } from '../../../server/domain/cefr-level.ts'
import { estimateLevel } from '../../../server/domain/speech-metrics/estimate-level.ts'
import { measureSpeech } from '../../../server/domain/speech-metrics/measure-speech.ts'
import { referenceTables } from '../../../server/domain/speech-metrics/reference-tables.ts'
import type { Measure, MeasureName, SpeechMetrics } from '../../../server/domain/speech-metrics/speech-metrics.ts'
import { build } from './constructed-speech.ts'
import { speechPlans } from './speech-plans.ts'

const evidence = [
  'speechRate',
  'articulationRate',
  'meanLengthOfRun',
  'phonationTimeRatio',
  'meanPauseSeconds',
  'mtld',
] as const
type Profile = Readonly<Record<(typeof evidence)[number], number | null>>

function toMetrics(
  profile: Profile,
  pauseSource: SpeechMetrics['pauseSource'] = 'ENVELOPE',
  ownWordShare = 1,
): SpeechMetrics {
  const toMeasure = (name: MeasureName, value: number | null): Measure => ({
    name,
    value,
    unit: '1',
    thresholdMs: null,
    base: 'test',
    source: 'test',
    missingReason: value === null ? `No ${name}.` : null,
  })
  const measures = [...evidence.map((name) => toMeasure(name, profile[name])), toMeasure('ownWordShare', ownWordShare)]
  return { measures, pauseSource, pauses: [], pauseThresholdMs: 250, version: 1 }
}

const estimate = (profile: Profile, kind: 'MONOLOGUE' | 'CONVERSATION' = 'MONOLOGUE') =>
  estimateLevel(toMetrics(profile), kind)
const toProfile = (values: readonly (number | null)[]): Profile =>
  Object.fromEntries(evidence.map((name, index) => [name, values[index] ?? null])) as Profile

/** Speech rate, articulation rate, run length, share of sound, mean pause, MTLD; and the level that the rules give. */
const profiles: [string, string | null, ...(number | null)[]][] = [
  ['the means of A2', 'A2', 73.2, 158.1, 3.21, 0.465, 1.42, 24],
  ['the means of B1', 'B1', 135.2, 188, 5.84, 0.713, 0.63, 32],
  ['the means of B2', 'B2', 172.1, 224.3, 8.54, 0.769, 0.56, 44],
  ['the means of C1', 'B2', 172.2, 234.9, 7.75, 0.729, 0.54, 46],
  ['hardly a word', 'A2', 10, 60, 1, 0.1, 6, 10],
  ['nothing but the best', 'B2', 330, 360, 40, 0.98, 0.26, 160],
  ['slow with rich words', 'A2', 80, 150, 3.3, 0.5, 1.3, 90],
  ['fast with few words', 'B2', 230, 260, 12, 0.9, 0.4, 12],
  ['a little above A2', 'A2', 90, 165, 4, 0.55, 1.2, 26],
  ['just nearer to B1', 'B1', 105, 174, 4.6, 0.6, 1, 29],
  ['just nearer to A2', 'A2', 104, 173, 4.5, 0.58, 1.03, 27],
  ['half-way, which is the lower', 'A1', 60, null, null, null, null, 20.5],
  ['just below B2', 'B1', 153, 206, 6.9, 0.72, 0.6, 37],
  ['just B2', 'B2', 154, 207, 7.1, 0.74, 0.59, 39],
  ['three of six are B1', 'B1', 135, 188, 5.8, 0.9, 0.3, 90],
  ['three of six are A2', 'A2', 70, 150, 3, 0.9, 0.3, 90],
  ['four of six are B2', 'B2', 70, 150, 9, 0.9, 0.3, 44],
  ['one outlier below', 'B2', 20, 240, 9, 0.8, 0.5, 44],
  ['one outlier above', 'A2', 300, 150, 3, 0.4, 1.5, 20],
  ['an even mixture', 'B1', 135, 150, 9, 0.45, 0.6, 32],
  ['long pauses, quick words', 'A2', 100, 240, 4, 0.45, 1.6, 24],
  ['many short pauses', 'B1', 140, 200, 4.4, 0.7, 0.35, 33],
  ['no vocabulary', 'B1', 135, 188, 5.8, 0.71, 0.63, null],
  ['no vocabulary, fluent', 'B2', 220, 250, 12, 0.85, 0.4, null],
  ['no vocabulary, very fluent', 'B2', 300, 330, 30, 0.95, 0.3, null],
  ['no pause at all', 'B2', 200, 230, 300, 1, null, 50],
  ['no pause, no vocabulary', 'B2', 200, 230, 300, 1, null, null],
  ['pace and vocabulary alone', 'B1', 140, null, null, null, null, 60],
  ['pace and poor vocabulary', 'A1', 140, null, null, null, null, 17],
  ['pace alone', null, 140, null, null, null, null, null],
  ['vocabulary alone', null, null, null, null, null, null, 44],
  ['silences alone', null, null, null, null, 0.7, 0.6, null],
  ['vocabulary and silences', 'B1', null, null, null, 0.71, 0.63, 90],
  ['nothing', null, null, null, null, null, null, null],
  ['zeros', 'A2', 0, 0, 0, 0, 0.63, 0],
  ['fast C1 words', 'B2', 180, 235, 8, 0.75, 0.54, 80],
  ['middling B1', 'B1', 128, 190, 6.2, 0.69, 0.7, 30],
  ['upper A2', 'A2', 100, 170, 4.4, 0.57, 1.06, 30],
  ['B1 by pace, A2 by pauses', 'A2', 130, 185, 4.2, 0.55, 1.3, 25],
  ['B2 by pace, B1 by pauses', 'B1', 160, 225, 6, 0.71, 0.64, 34],
  ['B2 by words alone', 'B1', 130, 186, 5.5, 0.7, 0.66, 44],
]

describe('profiles written for these tests', () => {
  test.each(profiles)('%s: %s', (_name, level, ...values) => {
    const result = estimate(toProfile(values))
    expect(result.level).toBe(level)
    const isKnown = level !== null
    expect(result.range.length >= 2 && result.range.includes(result.level ?? 'C2')).toBe(isKnown)
    expect(result.confidence !== null && result.confidence >= 0 && result.confidence <= 0.7).toBe(isKnown)
    expect(result.withheld.some(({ measure }) => measure === 'level')).toBe(!isKnown)
  })

  test('are 40 and more', () => expect(profiles.length).toBeGreaterThanOrEqual(40))

  /** From there to better than any table, in steps that pass every boundary. */
  const better: Record<(typeof evidence)[number], (value: number, step: number) => number> = {
    speechRate: (value, step) => value + step * 9,
    articulationRate: (value, step) => value + step * 9,
    meanLengthOfRun: (value, step) => value + step * 0.4,
    phonationTimeRatio: (value, step) => value + ((1 - value) * step) / 40,
    meanPauseSeconds: (value, step) => 0.25 + ((value - 0.25) * (40 - step)) / 40,
    mtld: (value, step) => value + step * 3,
  }

  test.each(evidence)('%s, improved alone, never lowers the level', (name) => {
    let rises = 0
    for (const [, , ...values] of profiles) {
      const profile = toProfile(values)
      const value = profile[name]
      if (value === null) continue
      const levels = Array.from({ length: 41 }, (_, step) => {
        const { level } = estimate({ ...profile, [name]: better[name](value, step) })
        return level === null ? -1 : cefrLevels.indexOf(level)
      })
      expect(levels).toEqual(levels.toSorted((a, b) => a - b))
      if (levels.at(-1) !== levels[0]) rises += 1
    }
    // Else the rule would be kept by a measure that does not count.
    expect(rises).toBeGreaterThan(0)
  })

  test('B2 and C1 are never told apart by fluency alone', () => {
    for (const [, , ...values] of profiles) {
      const profile = toProfile([...values.slice(0, 5), null])
      const { level, range } = estimate(profile)
      expect(['C1', 'C2']).not.toContain(level)
      if (level === 'B2') expect(range).toContain('C1')
    }
    for (let better = 0; better < 200; better += 1) {
      const fluent = toProfile([
        172 + better,
        224 + better,
        8 + better,
        0.77 + better / 1_000,
        0.55 - better / 1_000,
        null,
      ])
      expect(estimate(fluent)).toMatchObject({ level: 'B2', range: ['B2', 'C1'] })
    }
  })
})

const b1 = toProfile([135, 188, 5.8, 0.71, 0.63, 32])

test('each measure is held against one table, which is provisional and names its study', () => {
  expect(referenceTables.map(({ measure }) => measure).toSorted()).toEqual(evidence.toSorted())
  for (const { provisional, citation } of referenceTables)
    expect([provisional, citation.length > 20]).toEqual([true, true])
  expect(estimate(b1).votes.map(({ measure, vote }) => [measure, vote])).toHaveLength(6)
})

test('pooled levels vote "B2 or above", and a value below a whole table leaves what is lower open', () => {
  const { votes } = estimate(toProfile([400, null, null, null, null, 10]))
  expect(votes).toEqual([
    expect.objectContaining({ measure: 'speechRate', vote: 'B2', isOrAbove: true, isOrBelow: false }),
    expect.objectContaining({ measure: 'mtld', vote: 'A1', isOrAbove: false, isOrBelow: true }),
  ])
  expect(estimate(toProfile([10, 60, 1, 0.1, 6, 24])).range).toEqual(['A1', 'A2'])
})

test('the range leans to where votes lean', () => {
  expect(estimate(b1).range).toEqual(['A2', 'B1', 'B2'])
  expect(estimate({ ...b1, mtld: 60 }).range).toEqual(['B1', 'B2'])
  expect(estimate({ ...b1, mtld: 24 }).range).toEqual(['A2', 'B1'])
})

test('confidence falls with missing evidence, with disagreement, in conversation and with reply cards', () => {
  const confidence = estimate(b1).confidence ?? 0
  expect(confidence).toBeCloseTo(0.7)
  expect(estimate({ ...b1, mtld: null }).confidence).toBeLessThan(confidence)
  expect(estimate({ ...b1, mtld: 90 }).confidence).toBeLessThan(confidence)
  expect(estimate(b1, 'CONVERSATION').confidence).toBeLessThan(confidence)
  expect(estimateLevel(toMetrics(b1, 'ENVELOPE', 0.4), 'MONOLOGUE').confidence).toBeLessThan(confidence)
})

test('of a conversation it is said that the tables are from monologues', () => {
  expect(estimate(b1, 'CONVERSATION').notes.join(' ')).toContain('from monologues')
  expect(estimate(b1).notes.join(' ')).not.toContain('from monologues')
})

test('what is missing is named with its reason, and accuracy always is', () => {
  expect(estimate({ ...b1, mtld: null }).withheld).toEqual([
    { measure: 'mtld', reason: 'No mtld.' },
    { measure: 'accuracy', reason: expect.any(String) },
  ])
})

test('pauses of a transcript without sound do not vote: the tables count from 250 ms', () => {
  const { votes, withheld } = estimateLevel(toMetrics(b1, 'SEGMENTS'), 'MONOLOGUE')
  expect(votes.map(({ measure }) => measure)).toEqual(['speechRate', 'mtld'])
  expect(withheld).toHaveLength(5)
})

test.each(speechPlans)('what was measured of "$name" is judged or withheld, never left out', (plan) => {
  const result = estimateLevel(measureSpeech(build(plan)), plan.kind)
  expect([...result.votes, ...result.withheld].map(({ measure }) => measure)).toEqual(
    expect.arrayContaining([...evidence]),
  )
})
