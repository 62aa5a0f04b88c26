import type { DrillDetails } from '../../db/queries/drill.ts'
import type { DrillResponseRecord } from '../../db/queries/drill-response.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import { toDrillStatus } from '../../server/domain/drill-status.ts'
import type { SessionId } from '../../server/domain/ids.ts'
import { createBatch } from '../batch.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { Question } from '../content-pack/question.type.ts'
import { DrillStatusEnum } from '../enums.ts'
import { Recording } from '../recording/recording.type.ts'
import { isSession, Session } from '../session/session.type.ts'

const findDetails = createBatch(({ services, viewer }, ids: SessionId[]) =>
  services.findDrillDetails(requireViewer(viewer), ids),
)

async function getDetails({ id }: SessionRecord, context: Context): Promise<DrillDetails> {
  const details = await findDetails(id, context)
  if (!details) throw new Error('a drill has a question')
  return details
}

const DrillResponse = builder.objectRef<DrillResponseRecord>('DrillResponse').implement({
  description: 'The one answer of a drill. It never changes.',
  fields: (t) => ({
    text: t.exposeString('content', { nullable: true, description: 'As it was typed; null for a recorded answer.' }),
    recording: t.field({
      type: Recording,
      nullable: true,
      description: 'Null for a typed answer.',
      resolve: ({ recordingId }, _args, { services, viewer }) =>
        recordingId && services.findRecording(requireViewer(viewer), recordingId),
    }),
    audioDurationSeconds: t.exposeFloat('audioDurationSeconds', {
      nullable: true,
      description: 'As known when it was submitted; null for a typed answer.',
    }),
    wordCount: t.exposeInt('wordCount', { nullable: true, description: 'Of a typed answer; null for a recorded one.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was submitted.' }),
  }),
})

export const Drill = builder.objectRef<SessionRecord>('Drill')

builder.node(Drill, {
  description: 'One answer to an interview question.',
  interfaces: [Session],
  id: { resolve: (session) => session.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findSession(viewer, id as SessionId) : null),
  isTypeOf: (value) => isSession(value) && value.mode === 'DRILL',
  fields: (t) => ({
    drillStatus: t.field({
      type: DrillStatusEnum,
      description: 'Where it stands, judgement included.',
      resolve: toDrillStatus,
    }),
    question: t.field({
      type: Question,
      description: 'What was asked, as it was then.',
      resolve: async (session, _args, context) => (await getDetails(session, context)).question,
    }),
    contentPackVersion: t.string({
      description: "Version of the question's pack.",
      resolve: async (session, _args, context) => (await getDetails(session, context)).contentPackVersion,
    }),
    response: t.field({
      type: DrillResponse,
      nullable: true,
      description: 'The answer; null until it is submitted.',
      resolve: async (session, _args, context) => (await getDetails(session, context)).response,
    }),
    submittedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was answered; null until then.',
      resolve: async (session, _args, context) => (await getDetails(session, context)).response?.createdAt ?? null,
    }),
    completedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When its current judgement was made; null without one.',
      resolve: async (session, _args, context) => (await getDetails(session, context)).completedAt,
    }),
  }),
})
