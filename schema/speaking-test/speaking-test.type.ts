import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { TestTaskRecord } from '../../db/queries/speaking-test.ts'
import type { SessionId, TestTaskId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { TaskKindEnum, TaskStatusEnum } from '../enums.ts'
import { SpeechMetrics } from '../evaluation/speech-metrics.type.ts'
import { Recording } from '../recording/recording.type.ts'
import { listRecordings, listTaskMetrics, listTaskSegments, listTestTasks } from '../session/session-parts.ts'
import { isSession, Session } from '../session/session.type.ts'
import { TranscriptSegment } from '../transcript/transcript.type.ts'

const TestTask = builder.objectRef<TestTaskRecord>('TestTask')

builder.node(TestTask, {
  description: 'One task of a speaking test, worded as when the test was started.',
  id: { resolve: (task) => task.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findTestTask(viewer, id as TestTaskId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'speakSeconds' in value,
  fields: (t) => ({
    index: t.exposeInt('index', { description: 'Its place, from 1.' }),
    kind: t.expose('kind', { type: TaskKindEnum, description: 'What kind of task it is.' }),
    prompt: t.exposeString('prompt', { description: 'What the learner is asked, lines and bullet points included.' }),
    imageUrl: t.exposeString('imageUrl', {
      nullable: true,
      description: 'The picture to speak about: a path on the address of this installation.',
    }),
    imageAlt: t.exposeString('imageAlt', {
      nullable: true,
      description: 'All that can be seen in the picture, so that the task can be done without seeing it.',
    }),
    prepareSeconds: t.exposeInt('prepareSeconds', { description: 'Time to think first.' }),
    speakSeconds: t.exposeInt('speakSeconds', { description: 'Time to speak at most.' }),
    status: t.expose('status', { type: TaskStatusEnum, description: 'Where it stands.' }),
    recording: t.field({
      type: Recording,
      nullable: true,
      description: 'The answer; null until it is announced.',
      resolve: async (task, _args, context) =>
        (await listRecordings(task.sessionId, context))?.find(({ taskId }) => taskId === task.id) ?? null,
    }),
    segments: t.field({
      type: [TranscriptSegment],
      description: 'What was said in it, in order; none where nothing here can transcribe.',
      resolve: async (task, _args, context) =>
        (await listTaskSegments(task.sessionId, context))?.filter(({ taskId }) => taskId === task.id) ?? [],
    }),
    metrics: t.field({
      type: SpeechMetrics,
      nullable: true,
      description: 'What was measured of this answer alone; null until the test is evaluated.',
      resolve: async (task, _args, context) => (await listTaskMetrics(task.sessionId, context))?.[task.id] ?? null,
    }),
  }),
})

const SpeakingTest = builder.objectRef<SessionRecord>('SpeakingTest')

builder.node(SpeakingTest, {
  description: 'A level test of several timed tasks. It may be resumed on another day.',
  interfaces: [Session],
  id: { resolve: (session) => session.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findSession(viewer, id as SessionId) : null),
  isTypeOf: (value) => isSession(value) && value.mode === 'SPEAKING_TEST',
  fields: (t) => ({
    tasks: t.field({
      type: [TestTask],
      description: 'In their order.',
      resolve: async (session, _args, context) => (await listTestTasks(session.id, context)) ?? [],
    }),
  }),
})
