/** How many sessions a core judges in a second by counting alone: measured before, so that this is the judging. */
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import { createEvaluator } from '../../server/evaluation/create-evaluator.ts'
import { measureSpeech } from '../../server/domain/speech-metrics/measure-speech.ts'
import type { SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { labelledTranscripts } from '../evaluation/labelled-transcripts.ts'
import { inMs, percentile, type Row } from './figures.ts'

const warmUps = 20
const runs = 300
const longMinutes = 15

export async function measureEvaluation(): Promise<Row[]> {
  const short = toInput(labelledTranscripts[10]?.segments ?? [])
  const long = toInput(toLongTalk())
  return [
    ...(await measureOne('1 minute of speech', short)),
    ...(await measureOne(`${longMinutes} minutes of speech`, long)),
  ]
}

async function measureOne(what: string, input: SpeakingEvaluationInput): Promise<Row[]> {
  const evaluator = createEvaluator(null)
  const { signal } = new AbortController()
  for (let run = 0; run < warmUps; run++) await evaluator.evaluate(input, signal)
  const samples: number[] = []
  const usedBefore = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now()
    await evaluator.evaluate(input, signal)
    samples.push(performance.now() - startedAt)
  }
  const { user, system } = process.cpuUsage(usedBefore)
  return [
    {
      what: `local evaluations per second and core, ${what}`,
      figure: `${(runs / ((user + system) / 1e6)).toFixed(0)}/s`,
    },
    {
      what: `one local evaluation, ${what}, p50 / p99`,
      figure: `${inMs(percentile(samples, 0.5))} / ${inMs(percentile(samples, 0.99))}`,
    },
  ]
}

function toInput(segments: readonly SpokenSegment[]): SpeakingEvaluationInput {
  const kind = 'MONOLOGUE'
  return {
    segments,
    metrics: measureSpeech({ segments, envelopes: [], kind }),
    kind,
    title: 'Bench',
    level: null,
    tasks: [],
  }
}

/** The written transcripts one after the other, until it is long enough. */
function toLongTalk(): SpokenSegment[] {
  const talk: SpokenSegment[] = []
  let endMs = 0
  for (let round = 0; endMs < longMinutes * 60_000; round++) {
    const { segments = [] } = labelledTranscripts[round % labelledTranscripts.length] ?? {}
    const offsetMs = endMs
    for (const segment of segments) {
      endMs = offsetMs + segment.endMs
      talk.push({ ...segment, itemId: `${round}-${segment.itemId}`, startMs: offsetMs + segment.startMs, endMs })
    }
  }
  return talk
}
