/** Interview questions and drills as pages are given them. */
import type {
  DrillAttemptsQuery,
  DrillFeedbackFragment,
  DrillQuestionsQuery,
  Entitlement,
  QuestionPartsFragment,
} from '../../../web/gql/documents.ts'
import type { DrillQuestionRow } from '../../../web/hooks/use-drill-questions.ts'
import type { Drill } from '../../../web/hooks/use-hand-in.ts'
import { toRow } from './session-row.ts'

export const toQuestion = (key: string, change: Partial<QuestionPartsFragment> = {}): QuestionPartsFragment => ({
  __typename: 'Question',
  id: `Question:${key}`,
  key,
  category: 'Teamwork',
  prompt: `Tell me about ${key}.`,
  expectedDurationSeconds: 90,
  evaluationCriteria: ['Names one case', 'Says what came of it'],
  ...change,
})

export const toQuestionRow = (
  question: QuestionPartsFragment,
  change: Partial<Omit<DrillQuestionRow, 'question'>> = {},
): DrillQuestionRow => ({
  __typename: 'DrillQuestion',
  question,
  bestScore: null,
  attempts: 0,
  lastTry: null,
  ...change,
})

export const toQuestions = (rows: DrillQuestionRow[], entitlement: Entitlement = 'BASIC'): DrillQuestionsQuery => ({
  viewer: { __typename: 'Viewer', id: 'Viewer:1', entitlement },
  drillQuestions: {
    __typename: 'DrillQuestionConnection',
    edges: rows.map((node) => ({ __typename: 'DrillQuestionEdge', cursor: node.question.id, node })),
    pageInfo: { __typename: 'PageInfo', hasNextPage: false, endCursor: null },
  },
})

/** Waits for its answer, unless told otherwise. */
export const toDrill = (change: Partial<Drill> = {}): Drill => ({
  ...toRow('Drill:1', { mode: 'DRILL', status: 'ACTIVE', level: null, endedAt: null, durationSeconds: null }),
  __typename: 'Drill',
  hasAudio: false,
  publication: null,
  drillStatus: 'STARTED',
  question: toQuestion('a conflict'),
  recordings: [],
  response: null,
  transcript: { __typename: 'Transcript', id: 'Transcript:1', segments: [] },
  evaluationStatus: 'NONE',
  evaluationFailure: null,
  evaluation: null,
  ...change,
})

type Response = NonNullable<Drill['response']>
type AnswerRecording = NonNullable<Response['recording']>

export const answerRecording: AnswerRecording = {
  __typename: 'Recording',
  id: 'Recording:1',
  startMs: 0,
  part: 1,
  isPrimary: true,
  mimeType: 'audio/webm',
  sizeBytes: 10,
  durationSeconds: 80,
  url: '/blobs/1',
  uploadedAt: '2026-11-20T10:05:00.000Z',
  quality: 'GOOD',
  prunedAt: null,
  measureFailure: null,
  transcriptionStatus: 'COMPLETED',
  transcriptionFailure: null,
}

export const toResponse = (change: Partial<Response>): Response => ({
  __typename: 'DrillResponse',
  text: null,
  wordCount: null,
  recording: null,
  ...change,
})

const categoryNames = ['Teamwork', 'Leadership', 'Ethics', 'Motivation', 'Resilience', 'Communication', 'Insight']

/** The first category is shown and the others are not, unless told otherwise. */
export const toFeedback = (change: Partial<DrillFeedbackFragment> = {}): DrillFeedbackFragment => ({
  __typename: 'DrillEvaluation',
  id: 'DrillEvaluation:1',
  createdAt: '2026-11-20T10:06:00.000Z',
  modelUsed: 'local-drill/1',
  overallScore: 64,
  words: 182,
  wpm: null,
  durationSeconds: null,
  categories: categoryNames.map((name, index) => ({
    __typename: 'CategoryScore',
    name,
    passFlag: index === 0 ? 'PASS' : 'FLAG',
    note: `Note on ${name}.`,
  })),
  whatChanged: ['Say what came of it.', 'Name your own part.'],
  practiceRule: 'End every answer with its result.',
  parts: [
    { __typename: 'DrillPart', name: 'coverage', score: 50, weight: 0.5, basis: '1 of 2 things were found' },
    { __typename: 'DrillPart', name: 'structure', score: 78, weight: 0.5, basis: 'found: a situation' },
  ],
  limits: ['Counting cannot tell whether it is true.'],
  sinceLastAttempt: null,
  ...change,
})

type Attempt = Pick<Drill, 'id' | 'startedAt' | 'drillStatus'> & { score: number | null }

export const toAttempts = (attempts: Attempt[], totalCount = attempts.length): DrillAttemptsQuery => ({
  viewer: {
    __typename: 'Viewer',
    id: 'Viewer:1',
    history: {
      __typename: 'HistoryConnection',
      totalCount,
      edges: attempts.map(({ score, ...attempt }) => ({
        __typename: 'HistoryEdge',
        cursor: attempt.id,
        node: {
          __typename: 'Drill',
          ...attempt,
          evaluation:
            score === null
              ? null
              : { __typename: 'DrillEvaluation', id: `DrillEvaluation:${attempt.id}`, overallScore: score },
        },
      })),
    },
  },
})
