import type { SessionRecord } from '../../db/queries/session-record.ts'
import type { SessionFailure } from '../../db/tables/session.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { SessionId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import {
  CefrLevelEnum,
  EndReasonEnum,
  PrivacyEnum,
  SessionModeEnum,
  SessionStatusEnum,
  TalkStyleEnum,
} from '../enums.ts'
import { Recording } from '../recording/recording.type.ts'
import { Topic } from '../topic/topic.type.ts'
import { Transcript } from '../transcript/transcript.type.ts'

const Failure = builder.objectRef<SessionFailure>('Failure').implement({
  description: 'Why something failed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'For programs.' }),
    message: t.exposeString('message', { description: 'For people.' }),
    retryable: t.exposeBoolean('retryable', { description: 'A new try may succeed.' }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: (failure) => new Date(failure.at) }),
  }),
})

export const Session = builder.interfaceRef<SessionRecord>('Session').implement({
  description: 'One practice, of whatever mode.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: () => 'Conversation',
  fields: (t) => ({
    mode: t.expose('mode', { type: SessionModeEnum, description: 'Its kind.' }),
    status: t.expose('status', { type: SessionStatusEnum, description: 'Where it stands.' }),
    privacy: t.expose('privacy', { type: PrivacyEnum, description: 'Who may see it.' }),
    title: t.exposeString('title', { description: "The topic's title, the test's name, or the question's prompt." }),
    level: t.expose('level', { type: CefrLevelEnum, nullable: true, description: 'The level that it was held at.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it runs.',
    }),
    durationSeconds: t.exposeInt('durationSeconds', {
      nullable: true,
      description: 'From start to end; null while it runs.',
    }),
    hasAudio: t.boolean({
      description: 'A verified recording is stored.',
      resolve: (session) => session.recording !== null,
    }),
    hasTranscript: t.boolean({ description: 'Something was said.', resolve: (session) => session.segmentCount > 0 }),
    transcript: t.field({ type: Transcript, description: 'What was said.', resolve: (session) => session.transcript }),
    segmentCount: t.exposeInt('segmentCount', { description: 'Segments of the transcript.' }),
    recording: t.field({
      type: Recording,
      nullable: true,
      description: 'The primary recording.',
      resolve: (session) => session.recording,
    }),
    recordings: t.field({
      type: [Recording],
      description: 'All parts, those that are still to be uploaded too.',
      resolve: (session, _args, { services, viewer }) => services.listRecordings(requireViewer(viewer), session.id),
    }),
    endReason: t.expose('endReason', {
      type: EndReasonEnum,
      nullable: true,
      description: 'Why it ended; null while it runs.',
    }),
    failure: t.field({
      type: Failure,
      nullable: true,
      description: 'Why the session FAILED.',
      resolve: (session) => session.failure,
    }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})

const Conversation = builder.objectRef<SessionRecord>('Conversation')

builder.node(Conversation, {
  description: 'Talk with the partner about a topic.',
  interfaces: [Session],
  id: { resolve: (session) => session.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findSession(viewer, id as SessionId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'capSeconds' in value,
  fields: (t) => ({
    topic: t.field({ type: Topic, description: 'What it is about.', resolve: (session) => session.topic }),
    talk: t.expose('talk', { type: TalkStyleEnum, description: "How the partner takes the learner's answers." }),
  }),
})
