import type { SessionRecord } from '../../db/queries/session-record.ts'
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
import { Failure } from '../failure.type.ts'
import { Recording } from '../recording/recording.type.ts'
import { Topic } from '../topic/topic.type.ts'
import { Transcript } from '../transcript/transcript.type.ts'
import { Publication } from '../privacy/publication.type.ts'
import { findPreviousAttempt, listRecordings } from './session-parts.ts'

/** The node type of each kind of session. */
export const typenameOf = { CONVERSATION: 'Conversation', SPEAKING_TEST: 'SpeakingTest', DRILL: 'Drill' } as const

/** For the node types of the kinds of sessions. */
export function isSession(value: unknown): value is SessionRecord {
  return typeof value === 'object' && value !== null && 'capSeconds' in value
}

export const Session = builder.interfaceRef<SessionRecord>('Session').implement({
  description: 'One practice, of whatever mode.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ mode }) => typenameOf[mode],
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
      description: 'A verified recording is stored, and not pruned.',
      resolve: ({ recording }) => recording !== null && recording.prunedAt === null,
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
      resolve: async (session, _args, context) => (await listRecordings(session.id, context)) ?? [],
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
    publication: t.field({
      type: Publication,
      nullable: true,
      description: 'How it is published; null while it is private.',
      resolve: (session) => session.publication,
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
  isTypeOf: (value) => isSession(value) && value.mode === 'CONVERSATION',
  fields: (t) => ({
    topic: t.field({
      type: Topic,
      description: 'What it is about.',
      resolve: ({ topic }) => {
        if (!topic) throw new Error('a conversation has a topic')
        return topic
      },
    }),
    talk: t.expose('talk', { type: TalkStyleEnum, description: "How the partner takes the learner's answers." }),
    previousAttempt: t.field({
      type: Conversation,
      nullable: true,
      description: 'The newest conversation about the same topic that was started before this one, and did not fail.',
      resolve: (session, _args, context) => findPreviousAttempt(session.id, context),
    }),
  }),
})
