/** Progress as the server tells it: twelve weeks up to that of Monday 15 June 2026, and two attempts at one topic. */
import type { AttemptFragment, ProgressQuery, ProgressWeekPartsFragment } from '../../../web/gql/documents.ts'

type Progress = NonNullable<ProgressQuery['viewer']>['progress']
type Evaluation = NonNullable<Progress['currentEvaluation']>

const weekMs = 7 * 86_400_000
const thisMonday = Date.parse('2026-06-15T00:00:00Z')

/** By how many weeks ago; a week that is left out is empty. */
export function toWeeks(
  held: Record<number, Partial<ProgressWeekPartsFragment>>,
  count = 12,
): ProgressWeekPartsFragment[] {
  return Array.from({ length: count }, (_, index) => {
    const weeksAgo = count - 1 - index
    return {
      __typename: 'ProgressWeek',
      start: new Date(thisMonday - weeksAgo * weekMs).toISOString(),
      sessions: weeksAgo in held ? 1 : 0,
      practisedSeconds: weeksAgo in held ? 600 : 0,
      medianWpm: null,
      medianMtld: null,
      bestDrillScore: null,
      level: null,
      levelRange: [],
      levelModelUsed: null,
      ...held[weeksAgo],
    }
  })
}

export const judgement: Evaluation = {
  __typename: 'SpeakingEvaluation',
  id: 'SpeakingEvaluation:1',
  createdAt: '2026-06-16T10:00:00.000Z',
  modelUsed: 'local/1',
  overallLevel: 'B1',
  levelRange: ['A2', 'B1', 'B2'],
  confidence: 0.4,
  withheld: [],
  metrics: { __typename: 'SpeechMetrics', learnerSpeechSeconds: 240 },
}

export function toProgress(change: Partial<Progress> = {}): ProgressQuery {
  const progress = {
    __typename: 'Progress' as const,
    weeks: toWeeks({}),
    currentEvaluation: null,
    practisedSeconds: 0,
    sessions: 0,
    streakDays: 0,
    ...change,
  }
  return { viewer: { __typename: 'Viewer', id: 'Viewer:1', progress } }
}

type Metrics = NonNullable<AttemptFragment['evaluation']>['metrics']

/** Null for what was not judged. */
export function toAttempt(
  id: string,
  change: Partial<AttemptFragment> = {},
  judged: (Partial<NonNullable<AttemptFragment['evaluation']>> & { numbers?: Partial<Metrics> }) | null = {},
): AttemptFragment {
  const { numbers, ...evaluation } = judged ?? {}
  const metrics: Metrics = {
    __typename: 'SpeechMetrics',
    wpm: 90,
    pausesPerMinute: 12,
    pauseSource: 'ENVELOPE',
    ...numbers,
  }
  return {
    __typename: 'Conversation',
    id,
    startedAt: '2026-06-16T10:00:00.000Z',
    durationSeconds: 300,
    talk: 'GUIDED',
    evaluation: judged && {
      __typename: 'SpeakingEvaluation',
      id: `SpeakingEvaluation:${id}`,
      modelUsed: 'local/1',
      overallLevel: 'B1',
      levelRange: ['A2', 'B1'],
      ...evaluation,
      metrics,
    },
    ...change,
  }
}
