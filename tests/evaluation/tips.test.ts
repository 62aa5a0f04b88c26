import { describe, expect, test } from 'vitest'
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import type { Tip } from '../../server/domain/speaking-result.ts'
import { createLocalEvaluator } from '../../server/evaluation/local-evaluator.ts'
import { inputOf, metricsOf, noSignal, plainTalk, segmentsOf } from './evaluation-input.ts'

async function tipsOf(input: Partial<SpeakingEvaluationInput>): Promise<Tip[]> {
  return (await createLocalEvaluator().evaluate(inputOf(input), noSignal)).tips
}

/** Nothing to say of the pace. */
const swift = metricsOf({ speechRate: 190 })
const withPause = (startMs: number, endMs: number): typeof swift => ({ ...swift, pauses: [{ startMs, endMs }] })

describe('long pauses', () => {
  test('inside what was said: its length, its words and its place', async () => {
    const [tip] = await tipsOf({ metrics: withPause(6_000, 9_200) })
    expect(tip).toMatchObject({ quote: 'Her house is old and it stands alone above a', segmentItemId: 'item-2' })
    expect(tip?.text).toMatch(/^While saying this you were silent for 3\.2 s/u)
  })

  test('after what was said: the words before it', async () => {
    const [tip] = await tipsOf({ metrics: withPause(40_100, 42_300) })
    expect(tip).toMatchObject({ quote: 'Next summer we want to meet there again.', segmentItemId: 'item-8' })
    expect(tip?.text).toMatch(/^After these words/u)
  })

  test('the longest of several', async () => {
    const pauses = [
      { startMs: 1_000, endMs: 2_800 },
      { startMs: 11_000, endMs: 14_000 },
    ]
    expect((await tipsOf({ metrics: { ...swift, pauses } }))[0]).toMatchObject({ segmentItemId: 'item-3' })
  })

  test('a pause under two seconds is none to speak of', async () => {
    expect(await tipsOf({ metrics: withPause(6_000, 7_900) })).toEqual([])
  })
})

describe('pace', () => {
  test('far from the next level: both numbers are told', async () => {
    const beginner = {
      meanLengthOfRun: 3,
      phonationTimeRatio: 0.45,
      articulationRate: 150,
      meanPauseSeconds: 1.5,
      mtld: 24,
    }
    const metrics = metricsOf({ ...beginner, speechRate: 80 })
    const tip = (await tipsOf({ metrics })).find(({ text }) => text.includes('syllables a minute'))
    expect(tip?.text).toMatch(/^You spoke at 80 syllables a minute, .* speakers at B1 averaged 135/u)
    expect(tip?.quote).toBeNull()
  })

  test('near the next level there is none', async () => {
    const tips = await tipsOf({ metrics: metricsOf({ speechRate: 190 }) })
    expect(tips).toEqual([])
  })
})

describe('words', () => {
  test('one used again and again: how often, where first, what else to say', async () => {
    const texts = [...plainTalk, 'It was very good.', 'The food was very good, very warm and very cheap.']
    const [tip] = await tipsOf({ metrics: swift, segments: segmentsOf(texts) })
    expect(tip?.text).toMatch(/^You used "very" 5 times.*really/u)
    expect(tip).toMatchObject({ quote: 'the city it seemed very loud and fast to', segmentItemId: 'item-7' })
  })

  test('sentences that all begin alike', async () => {
    const texts = [
      'I think this is fine.',
      'I think we must go.',
      'I think he knows it.',
      'I think so too.',
      ...plainTalk.slice(0, 5),
    ]
    const tips = await tipsOf({ metrics: swift, segments: segmentsOf(texts) })
    expect(tips[0]?.text).toMatch(/^4 of your 9 sentences begin with "I think"/u)
    expect(tips[0]).toMatchObject({ quote: 'I think this is fine.', segmentItemId: 'item-1' })
  })

  test('nearly all of them common ones', async () => {
    const [tip] = await tipsOf({ metrics: metricsOf({ speechRate: 190, frequentWordShare: 0.95 }) })
    expect(tip?.text).toMatch(/^95 of 100 words were among the 2,000 most common/u)
  })

  test('words of cards are nobody’s habit', async () => {
    const cards = segmentsOf(
      Array.from({ length: 8 }, () => 'I am agree, it is very very good.'),
      'MATCHED',
    )
    expect(await tipsOf({ metrics: swift, segments: cards })).toEqual([])
  })
})

test('a slip comes first, then the long pause, then a second slip; three tips at most', async () => {
  const texts = [...plainTalk, 'I am agree with her.', 'He don’t like the sea.', 'She gave me good advices.']
  const metrics = { ...metricsOf({ speechRate: 60 }), pauses: [{ startMs: 1_000, endMs: 4_000 }] }
  const tips = await tipsOf({ metrics, segments: segmentsOf(texts) })
  expect(tips.map(({ segmentItemId }) => segmentItemId)).toEqual(['item-9', 'item-1', 'item-10'])
})

test('every quote stands in the segment that it names', async () => {
  const texts = [...plainTalk, '  I am\nagree with   her, because it’s very very very very good!  ']
  const segments = segmentsOf(texts)
  const tips = await tipsOf({ segments, metrics: { ...swift, pauses: [{ startMs: 41_000, endMs: 44_000 }] } })
  expect(tips).toHaveLength(3)
  for (const { quote, segmentItemId } of tips)
    expect(segments.find(({ itemId }) => itemId === segmentItemId)?.text).toContain(quote)
})
