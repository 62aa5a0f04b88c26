import type { TranscriptRecord } from '../../db/queries/transcript.ts'
import type { SessionId } from '../../server/domain/ids.ts'
import { type Segment, toPlainText, toWebVtt } from '../../server/domain/transcript.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { SegmentSourceEnum, SpeakerEnum } from '../enums.ts'
import { toGlobalId } from '../global-id.ts'

export const TranscriptSegment = builder.objectRef<Segment>('TranscriptSegment').implement({
  description: 'What one speaker said in one turn.',
  fields: (t) => ({
    itemId: t.exposeID('itemId', {
      description: "The provider's id of the conversation item; unique within the session.",
    }),
    sequence: t.exposeInt('sequence', {
      description:
        'Place among what is known now, from 1, no gaps. An earlier item that arrives late shifts the later ones (their revision rises); once finalized, only provideLearnerText can still shift it.',
    }),
    source: t.expose('source', {
      type: SegmentSourceEnum,
      description: "How the text came to be: judged only where it is the learner's own.",
    }),
    taskId: t.id({
      nullable: true,
      description: 'Of a speaking test: the task that it answers.',
      resolve: ({ taskId }) => taskId && toGlobalId('TestTask', taskId),
    }),
    speaker: t.expose('speaker', { type: SpeakerEnum, description: 'Who said it.' }),
    text: t.exposeString('text', { description: 'What was said.' }),
    startMs: t.exposeInt('startMs', { description: 'Milliseconds from the start of the session.' }),
    endMs: t.exposeInt('endMs', { description: 'Milliseconds from the start of the session.' }),
    final: t.exposeBoolean('final', { description: 'Speaker, text and interruption stay as they are.' }),
    interrupted: t.exposeBoolean('interrupted', { description: "The partner's turn was cut off by the learner." }),
    revision: t.exposeInt('revision', { description: "The transcript's revision that last changed it." }),
  }),
})

export const Transcript = builder.objectRef<TranscriptRecord>('Transcript')

builder.node(Transcript, {
  description:
    "What was said in a session. A partial never replaces a final. A final's speaker, text and interrupted never change; its sequence may, until the transcript is finalized.",
  id: { resolve: (transcript) => transcript.sessionId, description: 'Opaque, and unique over all types.' },
  async loadOne(id, { services, viewer }) {
    const session = viewer && (await services.findSession(viewer, id as SessionId))
    return session?.transcript ?? null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'pendingSegments' in value,
  fields: (t) => ({
    revision: t.exposeInt('revision', {
      description:
        'Grows by one with every commit that changes any segment: a reader who has all of revision N asks for what came after N.',
    }),
    finalized: t.boolean({
      description: 'Nothing will be added to it.',
      resolve: (transcript) => transcript.finalizedAt !== null,
    }),
    finalizedAt: t.expose('finalizedAt', { type: 'DateTime', nullable: true, description: 'When it was closed.' }),
    language: t.exposeString('language', { nullable: true, description: 'Of the conversation, as an ISO 639 code.' }),
    provider: t.exposeString('provider', { nullable: true, description: 'Who heard and wrote it down.' }),
    model: t.exposeString('model', { nullable: true, description: 'With which model.' }),
    segments: t.field({
      type: [TranscriptSegment],
      description: 'In sequence order.',
      args: {
        afterRevision: t.arg.int({ defaultValue: 0, description: 'Only those that changed after this revision.' }),
      },
      resolve: (transcript, args, context) => readSegments(transcript, context, args.afterRevision ?? 0),
    }),
    text: t.string({
      description: 'All of it as plain text, a line per segment.',
      resolve: async (transcript, _args, context) => toPlainText(await readSegments(transcript, context)),
    }),
    webVtt: t.string({
      description: 'WebVTT with a voice span per segment.',
      resolve: async (transcript, _args, context) => toWebVtt(await readSegments(transcript, context)),
    }),
  }),
})

function readSegments(
  transcript: TranscriptRecord,
  { services, viewer }: Context,
  afterRevision = 0,
): Promise<Segment[]> {
  return services.listSegments(requireViewer(viewer), transcript.sessionId, afterRevision)
}
