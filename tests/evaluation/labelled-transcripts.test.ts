/** The whole way from a transcript to a result. Nothing here says that a level is right: the transcripts are written, not recorded. */
import { describe, expect, test } from 'vitest'
import { cefrLevels } from '../../server/domain/cefr-level.ts'
import { estimateLevel } from '../../server/domain/speech-metrics/estimate-level.ts'
import { measureSpeech } from '../../server/domain/speech-metrics/measure-speech.ts'
import type { SpeechEnvelope } from '../../server/domain/speech-metrics/speech-envelope.ts'
import type { MeasureName, SpeechMetrics, SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import { createLocalEvaluator } from '../../server/evaluation/local-evaluator.ts'
import { inputOf, noSignal } from './evaluation-input.ts'
import { labelledTranscripts } from './labelled-transcripts.ts'

/** Loud while a segment lasts, quiet between. */
function soundOf(segments: readonly SpokenSegment[]): SpeechEnvelope[] {
  const levels = new Uint8Array(Math.ceil((segments.at(-1)?.endMs ?? 0) / 10) + 100).fill(60)
  for (const { startMs, endMs } of segments) levels.fill(150, Math.round(startMs / 10), Math.round(endMs / 10))
  return [{ startMs: 0, levels }]
}

function toInput(segments: readonly SpokenSegment[], hasSound: boolean): SpeakingEvaluationInput {
  const envelopes = hasSound ? soundOf(segments) : []
  return inputOf({ segments, metrics: measureSpeech({ segments, envelopes, kind: 'MONOLOGUE' }) })
}

/** By which way a measure becomes better. */
const better: Partial<Record<MeasureName, number>> = {
  speechRate: 1,
  articulationRate: 1,
  phonationTimeRatio: 1,
  meanLengthOfRun: 1,
  meanPauseSeconds: -1,
  pausesPerMinute: -1,
  mattr: 1,
  hdd: 1,
  mtld: 1,
  frequentWordShare: -1,
}

function withMeasure(metrics: SpeechMetrics, name: MeasureName, factor: number): SpeechMetrics {
  const measures = metrics.measures.map((measure) =>
    measure.name === name && measure.value !== null ? { ...measure, value: measure.value * factor } : measure,
  )
  return { ...metrics, measures }
}

test('there are forty, ten for each level', () => {
  const labels = [...Map.groupBy(labelledTranscripts, ({ label }) => label)].map(([label, group]) => [
    label,
    group.length,
  ])
  expect(labels).toEqual([
    ['A2', 10],
    ['B1', 10],
    ['B2', 10],
    ['C1', 10],
  ])
})

describe.each(labelledTranscripts)('$name', ({ segments }) => {
  test.each([true, false])('gets a result of the right shape (with sound: %s)', async (hasSound) => {
    const result = await createLocalEvaluator().evaluate(toInput(segments, hasSound), noSignal)
    expect(result.scores).toEqual({
      fluency: expect.any(Number),
      vocabulary: expect.any(Number),
      accuracy: null,
      grammar: null,
      coherence: null,
    })
    for (const score of [result.scores.fluency, result.scores.vocabulary]) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(100)
    }
    expect(result.overallLevel).toBeOneOf([...cefrLevels, null])
    if (result.overallLevel) expect(result.levelRange).toContain(result.overallLevel)
    expect(result.strengths.length).toBeGreaterThanOrEqual(1)
    expect(result.strengths.length).toBeLessThanOrEqual(3)
    expect(result.tips.length).toBeLessThanOrEqual(3)
    for (const { quote, segmentItemId } of result.tips)
      if (quote !== null) expect(segments.find(({ itemId }) => itemId === segmentItemId)?.text).toContain(quote)
    expect(result.rationale).not.toMatch(/NaN|undefined|null|Infinity/u)
  })

  test('one measure improved alone lowers neither the level nor a score', async () => {
    const input = toInput(segments, true)
    const before = await createLocalEvaluator().evaluate(input, noSignal)
    for (const [name, direction] of Object.entries(better) as [MeasureName, number][]) {
      for (const step of [1.02, 1.1, 1.5, 3]) {
        const metrics = withMeasure(input.metrics, name, direction > 0 ? step : 1 / step)
        const after = await createLocalEvaluator().evaluate({ ...input, metrics }, noSignal)
        const [level, levelBefore] = [after, before].map(({ overallLevel }) => cefrLevels.indexOf(overallLevel ?? 'A1'))
        expect(level, `${name} x ${step}`).toBeGreaterThanOrEqual(levelBefore ?? 0)
        expect(after.scores.fluency, name).toBeGreaterThanOrEqual(before.scores.fluency ?? 0)
        expect(after.scores.vocabulary, name).toBeGreaterThanOrEqual(before.scores.vocabulary ?? 0)
      }
    }
  })

  test('pace and pauses alone never give more than B2', () => {
    const { metrics } = toInput(segments, true)
    const { mtld: _, ...fluency } = better
    const swift = (Object.entries(fluency) as [MeasureName, number][]).reduce(
      (sum, [name, direction]) => withMeasure(sum, name, direction > 0 ? 5 : 0.2),
      withMeasure(metrics, 'mtld', 0.5),
    )
    expect(cefrLevels.indexOf(estimateLevel(swift, 'MONOLOGUE').level ?? 'A1')).toBeLessThanOrEqual(
      cefrLevels.indexOf('B2'),
    )
  })
})
