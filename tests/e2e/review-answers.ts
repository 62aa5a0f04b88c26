/** Sessions to look at: what the API answers of one with much, with little, and with nothing. Measured and judged as the server does. */
import { measureSpeech } from '../../server/domain/speech-metrics/measure-speech.ts'
import type { SpeechEnvelope } from '../../server/domain/speech-metrics/speech-envelope.ts'
import type { SpokenSegment } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { createLocalEvaluator } from '../../server/evaluation/local-evaluator.ts'
import type { SessionReviewQuery, SpeakingFeedbackFragment } from '../../web/gql/documents.ts'
import { line, toReview, recording } from '../web/support/review-session.ts'

export type ReviewAnswer = NonNullable<SessionReviewQuery['session']>

const talk: readonly (readonly ['P' | 'L', string])[] = [
  ['P', 'Hello! Tell me about the last trip that you took.'],
  [
    'L',
    'Um, last summer I went to the coast with my sister and, you know, we stayed in a small house near the harbour. Every morning I walked along the beach and I looked at the boats.',
  ],
  ['P', 'That sounds lovely. What did your sister do?'],
  [
    'L',
    'My sister did not like to walk so she read a book in the garden. In the afternoon we cooked fish that we bought at the market and then, uh, we play cards with the people next door.',
  ],
  ['P', 'Who were the people next door?'],
  [
    'L',
    'They was very friendly and they told us a lot of stories about the town. One of them has been a sailor, I mean, he has seen many countries, and he showed us photographs of enormous waves.',
  ],
  ['P', 'Was the weather good all the time?'],
  [
    'L',
    'One day there was a big storm and we could not go out, so we stayed in the kitchen and talked about our plans for the future. I am agree with her that we should move to a warmer country.',
  ],
  ['P', 'What made it a good holiday for you?'],
  [
    'L',
    'I think it was the best holiday of my life because I had time to think and I felt really calm. Also the informations in the little museum were, um, surprisingly interesting.',
  ],
  ['P', 'Would you go there again?'],
  ['L', 'Yes, of course, maybe next year with some friends if everybody can get a free week.'],
]
const shortTalk = talk.slice(0, 2).map(([who, text]) => [who, who === 'L' ? 'Hello. Yes. To the sea.' : text] as const)

/** Four minutes of talk, judged by the local scorer, with a waveform. */
export function toRichAnswer(): Promise<ReviewAnswer> {
  return toAnswer(talk)
}

/** Two lines: too few for any number, a quiet recording without a waveform. */
export async function toSparseAnswer(): Promise<ReviewAnswer> {
  const { segments } = speak(shortTalk)
  return toReview(
    {
      title: 'A trip to remember',
      durationSeconds: 14,
      recording: { ...recording, durationSeconds: 14, quality: 'QUIET' },
      evaluationStatus: 'FAILED',
      evaluationFailure: {
        __typename: 'Failure',
        code: 'TOO_LITTLE_SPEECH',
        message:
          'You spoke for 3 s, with 6 words of your own. That is too little to judge fairly. Speak for 20 s or more in your next session.',
        retryable: false,
        at: '2026-11-20T10:06:00.000Z',
      },
    },
    toLines(segments),
  )
}

/** Ended before anything was said. */
export function toEmptyAnswer(): ReviewAnswer {
  return toReview({ title: 'A trip to remember', durationSeconds: 4, hasAudio: false }, [])
}

async function toAnswer(lines: typeof talk): Promise<ReviewAnswer> {
  const { segments, envelope } = speak(lines)
  const metrics = measureSpeech({ segments, envelopes: [envelope], kind: 'CONVERSATION' })
  const input = { segments, metrics, kind: 'CONVERSATION', title: '', level: 'B1', tasks: [] } as const
  const result = await createLocalEvaluator().evaluate(input, AbortSignal.timeout(60_000))
  const durationSeconds = (envelope.levels.length * 10) / 1_000
  const evaluation = {
    __typename: 'SpeakingEvaluation',
    id: 'SpeakingEvaluation_1',
    createdAt: '2026-11-20T10:06:00.000Z',
    modelUsed: result.scorer,
    overallLevel: result.overallLevel,
    levelRange: result.levelRange,
    confidence: result.confidence,
    rationale: result.rationale,
    withheld: result.withheld.map((each) => ({ __typename: 'MissingMeasure', ...each })),
    scores: { __typename: 'SpeakingScores', ...result.scores },
    strengths: result.strengths.map((tip) => ({ __typename: 'Tip', ...tip })),
    tips: result.tips.map((tip) => ({ __typename: 'Tip', ...tip })),
    metrics: {
      __typename: 'SpeechMetrics',
      learnerSpeechSeconds: metrics.measures.find(({ name }) => name === 'learnerSpeechSeconds')?.value ?? 0,
      pauseSource: metrics.pauseSource,
      pauses: metrics.pauses
        .filter(({ startMs, endMs }) => endMs - startMs >= 250)
        .map((pause) => ({ __typename: 'Pause', ...pause })),
      measures: metrics.measures.map((each) => ({ __typename: 'Measure', ...each })),
    },
  } satisfies SpeakingFeedbackFragment
  return toReview(
    {
      title: 'A trip to remember',
      level: 'B1',
      durationSeconds,
      recording: { ...recording, startMs: envelope.startMs, durationSeconds, peaks: toPeaks(envelope) },
      evaluationStatus: 'COMPLETED',
      evaluation,
    },
    toLines(segments),
  )
}

/** Says the lines one after the other, the learner with a breath after every fifth word. */
function speak(lines: readonly (readonly ['P' | 'L', string])[]): {
  segments: SpokenSegment[]
  envelope: SpeechEnvelope
} {
  const segments: SpokenSegment[] = []
  const levels: number[] = []
  for (const [index, [who, text]] of lines.entries()) {
    const startMs = levels.length * 10
    for (const [at, word] of text.split(' ').entries()) {
      const loudness = 140 + ((at * 7) % 25)
      const frames = who === 'L' ? 12 + 5 * word.length : 9 + 4 * word.length
      levels.push(...Array.from({ length: frames }, (_, frame) => (who === 'L' ? loudness - (frame % 9) : 30)))
      if (who === 'L' && at % 5 === 4) levels.push(...silence(22 + ((at * 13) % 70)))
    }
    const speaker = who === 'L' ? 'LEARNER' : 'PARTNER'
    segments.push({
      itemId: `item-${index + 1}`,
      speaker,
      source: 'PROVIDER',
      text,
      startMs,
      endMs: levels.length * 10,
    })
    levels.push(...silence(90))
  }
  return { segments, envelope: { startMs: 0, levels: Uint8Array.from(levels) } }
}

function silence(frames: number): number[] {
  return Array.from({ length: frames }, () => 30)
}

function toLines(segments: readonly SpokenSegment[]): ReturnType<typeof line>[] {
  return segments.map((segment, index) => line(index + 1, segment))
}

function toPeaks({ levels }: SpeechEnvelope): number[] {
  return Array.from({ length: 800 }, (_, index) => {
    const from = Math.floor((index * levels.length) / 800)
    const to = Math.max(from + 1, Math.floor(((index + 1) * levels.length) / 800))
    return Math.max(...levels.subarray(from, to).map((level) => Math.max(0, level - 60) * 2))
  })
}
