/** A session as the review page is given it, with and without what comes later. */
import type {
  MeasurePartsFragment,
  ReviewRecordingFragment,
  SegmentPartsFragment,
  SessionReviewQuery,
  SpeakingFeedbackFragment,
} from '../../../web/gql/documents.ts'
import { toRow } from './session-row.ts'

export type ReviewConversation = Extract<NonNullable<SessionReviewQuery['session']>, { __typename: 'Conversation' }>

/** The partner has the odd lines, each a second after the one before. */
export const line = (sequence: number, change: Partial<SegmentPartsFragment> = {}): SegmentPartsFragment => ({
  __typename: 'TranscriptSegment',
  itemId: `item-${sequence}`,
  sequence,
  source: 'PROVIDER',
  speaker: sequence % 2 === 1 ? 'PARTNER' : 'LEARNER',
  text: `Line ${sequence}`,
  startMs: sequence * 1_000,
  endMs: sequence * 1_000 + 800,
  final: true,
  interrupted: false,
  revision: sequence,
  ...change,
})

export const recording: ReviewRecordingFragment = {
  __typename: 'Recording',
  id: 'r',
  startMs: 500,
  part: 1,
  isPrimary: true,
  mimeType: 'audio/webm',
  sizeBytes: 10,
  durationSeconds: 5,
  url: '/blobs/r',
  uploadedAt: '2026-11-20T10:05:00.000Z',
  quality: 'GOOD',
  prunedAt: null,
  measureFailure: null,
  transcriptionStatus: 'NONE',
  transcriptionFailure: null,
  peaks: null,
}

/** An ended conversation without recording and feedback, unless told otherwise. */
export const toReview = (
  change: Partial<ReviewConversation>,
  segments: SegmentPartsFragment[],
  finalized = true,
): ReviewConversation => ({
  ...toRow('1'),
  __typename: 'Conversation',
  recording: null,
  transcript: { __typename: 'Transcript', id: 't', revision: segments.length, finalized, segments },
  publication: null,
  evaluationStatus: 'NONE',
  evaluationFailure: null,
  evaluation: null,
  talk: 'GUIDED',
  topic: { __typename: 'Topic', id: 'topic', title: 'Food', promptHint: null },
  ...change,
})

export const measure = (name: string, change: Partial<MeasurePartsFragment> = {}): MeasurePartsFragment => ({
  __typename: 'Measure',
  name,
  value: 1,
  unit: '1',
  thresholdMs: null,
  base: 'turns of the learner',
  source: 'convention',
  missingReason: null,
  ...change,
})

/** A judgement with something of everything. */
export const toEvaluation = (change: Partial<SpeakingFeedbackFragment> = {}): SpeakingFeedbackFragment => ({
  __typename: 'SpeakingEvaluation',
  id: 'SpeakingEvaluation:1',
  createdAt: '2026-11-20T10:06:00.000Z',
  modelUsed: 'local/1',
  overallLevel: 'B1',
  levelRange: ['A2', 'B1', 'B2'],
  confidence: 0.4,
  rationale: 'Fluency rests on 131 syllables a minute.',
  withheld: [{ __typename: 'MissingMeasure', measure: 'accuracy', reason: 'Counting cannot tell.' }],
  scores: {
    __typename: 'SpeakingScores',
    fluency: 62,
    accuracy: null,
    grammar: null,
    vocabulary: 71,
    coherence: null,
  },
  strengths: [{ __typename: 'Tip', text: 'You tell things in order.', quote: null, segmentItemId: null }],
  tips: [{ __typename: 'Tip', text: 'Say "went" here.', quote: 'I go there yesterday', segmentItemId: 'item-2' }],
  metrics: {
    __typename: 'SpeechMetrics',
    learnerSpeechSeconds: 240,
    pauseSource: 'ENVELOPE',
    pauses: [{ __typename: 'Pause', startMs: 2_200, endMs: 2_500 }],
    measures: [
      measure('wpm', { value: 92.4, unit: 'words/min' }),
      measure('speechRate', { value: 131, unit: 'syllables/min', source: 'De Jong & Wempe 2009' }),
      measure('meanPauseSeconds', { value: 0.84, unit: 's', thresholdMs: 250 }),
      measure('mtld', { value: null, missingReason: 'This needs 100 of your own words; there are 61.' }),
    ],
  },
  ...change,
})
