import { describe, expect, test } from 'vitest'
import type { MeasureName } from '../../server/domain/speech-metrics/speech-metrics.ts'
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import type { SpeakingResult } from '../../server/domain/speaking-result.ts'
import { createLocalEvaluator } from '../../server/evaluation/local-evaluator.ts'
import { inputOf, metricsOf, noSignal, plainTalk, segmentsOf } from './evaluation-input.ts'

const evaluator = createLocalEvaluator()
const evaluate = (input: Partial<SpeakingEvaluationInput> = {}): Promise<SpeakingResult> =>
  evaluator.evaluate(inputOf(input), noSignal)

describe('each score lists its measures, and each measure moves it in the stated direction', () => {
  const measures: [
    score: 'fluency' | 'vocabulary',
    measure: MeasureName,
    betterWhen: string,
    worse: number,
    better: number,
  ][] = [
    ['fluency', 'speechRate', 'HIGHER', 80, 150],
    ['fluency', 'articulationRate', 'HIGHER', 140, 220],
    ['fluency', 'phonationTimeRatio', 'HIGHER', 0.45, 0.75],
    ['fluency', 'meanPauseSeconds', 'LOWER', 1.5, 0.5],
    ['fluency', 'pausesPerMinute', 'LOWER', 50, 12],
    ['vocabulary', 'mtld', 'HIGHER', 20, 45],
    ['vocabulary', 'mattr', 'HIGHER', 0.6, 0.8],
    ['vocabulary', 'hdd', 'HIGHER', 0.6, 0.82],
    ['vocabulary', 'frequentWordShare', 'LOWER', 0.97, 0.8],
  ]

  test('fluency and vocabulary rest on these, no more and no less', async () => {
    const { scoreBasis } = await evaluate()
    const listed = (['fluency', 'vocabulary'] as const).flatMap((score) =>
      scoreBasis[score].map(({ measure, betterWhen }) => [score, measure, betterWhen]),
    )
    expect(listed).toEqual(measures.map(([score, measure, betterWhen]) => [score, measure, betterWhen]))
  })

  test.each(measures)('%s: %s, better when %s', async (score, measure, _, worse, better) => {
    const values = await Promise.all(
      [worse, undefined, better].map(async (value) => {
        const { scores } = await evaluate({ metrics: metricsOf(value === undefined ? {} : { [measure]: value }) })
        return scores[score] ?? Number.NaN
      }),
    )
    const [low = 0, middle = 0, high = 0] = values
    expect(low).toBeLessThan(middle)
    expect(middle).toBeLessThan(high)
  })

  test.each(measures)('%s never falls while %s becomes better (%s)', async (score, measure, betterWhen) => {
    const top = { speechRate: 400, articulationRate: 400, pausesPerMinute: 120, meanPauseSeconds: 6, mtld: 200 }
    const most = (top as Partial<Record<MeasureName, number>>)[measure] ?? 1
    const steps = Array.from({ length: 101 }, (_, index) => (most * index) / 100)
    const rising = betterWhen === 'HIGHER' ? steps : steps.toReversed()
    const scores: number[] = []
    for (const value of rising) {
      const result = await evaluate({ metrics: metricsOf({ [measure]: value }) })
      scores.push(result.scores[score] ?? Number.NaN)
    }
    expect(scores).toEqual(scores.toSorted((a, b) => a - b))
    expect(scores.every((value) => value >= 0 && value <= 100)).toBe(true)
  })
})

test('fillers and repairs change no score and no level, and give advice that says so', async () => {
  const metrics = metricsOf({ fillersPer100Words: 20, repairsPer100Words: 15 })
  const [few, many] = await Promise.all([evaluate(), evaluate({ metrics })])
  expect(many).toMatchObject({ scores: few.scores, overallLevel: few.overallLevel, confidence: few.confidence })
  expect(many.tips.map(({ text }) => text).filter((text) => /costs? you no points/u.test(text))).toHaveLength(2)
})

test('what counts cannot judge has no score, and the reason is said', async () => {
  const { scores, withheld, rationale } = await evaluate()
  expect(scores).toMatchObject({ accuracy: null, grammar: null, coherence: null })
  for (const name of ['accuracy', 'grammar', 'coherence'])
    expect(withheld.find(({ measure }) => measure === name)?.reason).toMatch(/Counting/u)
  expect(rationale).toMatch(/accuracy, grammar and coherence have no score/u)
})

test('each withheld measure is named once', async () => {
  const { withheld } = await evaluate({
    segments: segmentsOf(plainTalk, 'MATCHED'),
    metrics: metricsOf({ mtld: null }),
  })
  const names = withheld.map(({ measure }) => measure)
  expect(names).toEqual([...new Set(names)])
})

test('answers from cards: pace and pauses are judged, vocabulary is not, and why is said', async () => {
  const metrics = metricsOf({ mtld: null, mattr: null, hdd: null, frequentWordShare: null, ownWordShare: 0 })
  const { scores, scoreBasis, withheld } = await evaluate({ segments: segmentsOf(plainTalk, 'MATCHED'), metrics })
  expect(scores.fluency).toBeGreaterThan(0)
  expect(scores.vocabulary).toBeNull()
  expect(scoreBasis.vocabulary).toEqual([])
  expect(withheld.find(({ measure }) => measure === 'vocabulary')?.reason).toMatch(/reply cards/u)
})

test('without sound the measures of pauses are not believed: fluency rests on the pace alone, and that is said', async () => {
  const { scoreBasis, rationale } = await evaluate({ metrics: metricsOf({}, 'SEGMENTS') })
  expect(scoreBasis.fluency.map(({ measure }) => measure)).toEqual(['speechRate'])
  expect(rationale).toMatch(/No sound was measured/u)
})

test('sound without words: silence alone carries no fluency score, no praise for it, and no claim about the language', async () => {
  const noWords = {
    speechRate: null,
    articulationRate: null,
    mtld: null,
    mattr: null,
    hdd: null,
    frequentWordShare: null,
  }
  const metrics = metricsOf({ ...noWords, words: null, phonationTimeRatio: 1 })
  const { scores, scoreBasis, strengths, withheld } = await evaluate({ segments: [], metrics })
  expect(scores.fluency).toBeNull()
  expect(scoreBasis.fluency).toEqual([])
  expect(strengths.map(({ text }) => text).join()).not.toMatch(/English|100 %/u)
  expect(withheld.find(({ measure }) => measure === 'fluency')?.reason).toMatch(/pace of your words/u)
})

test('where nothing of fluency could be measured it has no score but a reason', async () => {
  const none = {
    speechRate: null,
    articulationRate: null,
    phonationTimeRatio: null,
    meanPauseSeconds: null,
    pausesPerMinute: null,
  }
  const { scores, withheld } = await evaluate({ metrics: metricsOf(none) })
  expect(scores.fluency).toBeNull()
  expect(withheld.find(({ measure }) => measure === 'fluency')?.reason).toMatch(/pace of your words/u)
})

test('the same speech gets the same result, and names its scorer', async () => {
  const [first, second] = await Promise.all([evaluate(), evaluate()])
  expect(second).toEqual(first)
  expect(first.scorer).toBe(evaluator.scorer)
  expect(first.scorer).toBe('local/1')
})

test('strengths are only what the numbers carry', async () => {
  const weak = {
    speechRate: 50,
    phonationTimeRatio: 0.3,
    meanPauseSeconds: 3,
    mtld: 15,
    meanTurnSeconds: 4,
    frequentWordShare: 0.98,
  }
  const strong = { speechRate: 190, phonationTimeRatio: 0.85, meanPauseSeconds: 0.4 }
  const [few, many] = await Promise.all([
    evaluate({ metrics: metricsOf(weak) }),
    evaluate({ metrics: metricsOf(strong) }),
  ])
  expect(few.strengths.map(({ text }) => text)).toEqual([expect.stringContaining('You spoke for 60 s')])
  expect(many.strengths.map(({ text }) => text)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('190 syllables a minute'),
      expect.stringContaining('0.4 s on average'),
    ]),
  )
})

test('nothing is judged once nobody waits for it', async () => {
  const reason = new Error('gone')
  await expect(evaluator.evaluate(inputOf(), AbortSignal.abort(reason))).rejects.toBe(reason)
})
