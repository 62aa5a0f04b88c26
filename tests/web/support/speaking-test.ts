/** A speaking test as pages are given it. */
import type { SpeakingTestQuery, TestResultsQuery } from '../../../web/gql/documents.ts'
import { toRow } from './session-row.ts'

type SpeakingTest = Extract<NonNullable<SpeakingTestQuery['session']>, { __typename: 'SpeakingTest' }>
type TestTask = SpeakingTest['tasks'][number]

export const toTask = (index: number, change: Partial<TestTask> = {}): TestTask => ({
  __typename: 'TestTask',
  id: `TestTask:${index}`,
  index,
  kind: 'WARM_UP',
  prompt: `Question ${index}?`,
  imageUrl: null,
  imageAlt: null,
  prepareSeconds: 5,
  speakSeconds: 30,
  status: 'TODO',
  ...change,
})

/** Under way, unless told otherwise. */
export const toTest = (tasks: TestTask[], change: Partial<SpeakingTest> = {}): SpeakingTest => ({
  ...toRow('SpeakingTest:1', { mode: 'SPEAKING_TEST', status: 'ACTIVE', endedAt: null, durationSeconds: null }),
  __typename: 'SpeakingTest',
  title: 'Getting around',
  tasks,
  ...change,
})

export const toAnswer = (session: SpeakingTest): SpeakingTestQuery => ({ session })

type ResultTask = Extract<NonNullable<TestResultsQuery['session']>, { __typename: 'SpeakingTest' }>['tasks'][number]
type ResultRecording = NonNullable<ResultTask['recording']>

export const toResultRecording = (index: number, change: Partial<ResultRecording> = {}): ResultRecording => ({
  __typename: 'Recording',
  id: `Recording:${index}`,
  startMs: 0,
  part: index,
  isPrimary: index === 1,
  mimeType: 'audio/webm',
  sizeBytes: 10,
  durationSeconds: 12,
  url: `/blobs/${index}`,
  uploadedAt: '2026-11-20T10:05:00.000Z',
  quality: 'GOOD',
  prunedAt: null,
  measureFailure: null,
  transcriptionStatus: 'COMPLETED',
  transcriptionFailure: null,
  ...change,
})

export const toResultTask = (index: number, change: Partial<ResultTask> = {}): ResultTask => ({
  ...toTask(index),
  status: 'DONE',
  recording: toResultRecording(index),
  segments: [],
  metrics: null,
  ...change,
})

export const toResults = (tasks: ResultTask[], canTranscribe = true): TestResultsQuery => ({
  canTranscribe,
  session: {
    __typename: 'SpeakingTest',
    id: 'SpeakingTest:1',
    evaluationStatus: 'COMPLETED',
    updatedAt: '2026-11-20T10:05:00.000Z',
    tasks,
  },
})
