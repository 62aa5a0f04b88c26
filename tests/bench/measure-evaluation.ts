/** How many sessions and drills a core judges in a second by counting alone: measured before, so that this is the judging. */
import type { SpeakingEvaluationInput } from '../../server/evaluation/evaluator.ts'
import { createEvaluator } from '../../server/evaluation/create-evaluator.ts'
import { createDrillEvaluator } from '../../server/evaluation/drill/create-drill-evaluator.ts'
import { measureSpeech } from '../../server/domain/speech-metrics/measure-speech.ts'
import type { SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { readPackedQuestions, readWrittenAnswers } from '../evaluation/drill/drill-answers.ts'
import { labelledTranscripts } from '../evaluation/labelled-transcripts.ts'
import { inMs, percentile, type Row } from './figures.ts'

const warmUps = 20
const runs = 300
const longMinutes = 15

export async function measureEvaluation(): Promise<Row[]> {
  const short = toInput(labelledTranscripts[10]?.segments ?? [])
  const long = toInput(toLongTalk())
  return [
    ...(await measureOne('1 minute of speech', judgeSpeech(short))),
    ...(await measureOne(`${longMinutes} minutes of speech`, judgeSpeech(long))),
    ...(await measureOne('answers to the packs that ship', await judgeDrills())),
  ]
}

/** One judgement, the run's number given. */
type Judge = (run: number) => Promise<unknown>

function judgeSpeech(input: SpeakingEvaluationInput): Judge {
  const evaluator = createEvaluator(null)
  const { signal } = new AbortController()
  return () => evaluator.evaluate(input, signal)
}

/** Strong and weak answers in turn. */
async function judgeDrills(): Promise<Judge> {
  const evaluator = createDrillEvaluator(null)
  const { signal } = new AbortController()
  const questions = await readPackedQuestions()
  const inputs = readWrittenAnswers().flatMap(({ pack, questionKey, quality, answer }) => {
    const question = questions.get(`${pack}/${questionKey}`)
    return question && quality !== 'refused' ? [{ ...question, answer }] : []
  })
  return async (run) => {
    const input = inputs[run % inputs.length]
    return input && evaluator.evaluate(input, signal)
  }
}

async function measureOne(what: string, judge: Judge): Promise<Row[]> {
  for (let run = 0; run < warmUps; run++) await judge(run)
  const samples: number[] = []
  const usedBefore = process.cpuUsage()
  for (let run = 0; run < runs; run++) {
    const startedAt = performance.now()
    await judge(run)
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
