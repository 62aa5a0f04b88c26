import { InvalidInputError, NotFoundError, SessionNotActiveError } from '../../server/domain/errors.ts'
import type { AppendedSegments } from '../../server/services/append-segments.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { SegmentSourceEnum, SpeakerEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { Transcript, TranscriptSegment } from './transcript.type.ts'

const SegmentInput = builder.inputType('SegmentInput', {
  description: 'One conversation item, as far as it is known.',
  fields: (t) => ({
    itemId: t.id({ required: true, description: "The provider's id of the item." }),
    callNumber: t.int({
      required: true,
      defaultValue: 1,
      description:
        'From ClientSecret. Order is by call, then by the chain of previous items; what Parley itself replays to a new call is never appended.',
    }),
    previousItemId: t.id({ description: "The item before it in the same call; null for the call's first." }),
    source: t.field({
      type: SegmentSourceEnum,
      required: true,
      defaultValue: 'PROVIDER',
      description: 'How the text came to be.',
    }),
    taskId: t.id({ description: 'Of a speaking test.' }),
    speaker: t.field({ type: SpeakerEnum, required: true, description: 'Who says it.' }),
    text: t.string({ required: true, description: 'What was said so far; never empty.' }),
    startMs: t.int({ required: true, description: 'Milliseconds from the start of the session.' }),
    endMs: t.int({ required: true, description: 'Milliseconds from the start of the session.' }),
    final: t.boolean({ required: true, description: 'The text will not change any more.' }),
    interrupted: t.boolean({ defaultValue: false, description: "The partner's turn was cut off by the learner." }),
  }),
})

const AppendSegmentsInput = builder.inputType('AppendSegmentsInput', {
  description: 'Segments of one session.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Whose transcript.' }),
    segments: t.field({ type: [SegmentInput], required: true, description: '1 to 50.' }),
  }),
})

const AppendSegmentsPayload = builder.objectRef<AppendedSegments>('AppendSegmentsPayload').implement({
  description: 'The segments are stored.',
  fields: (t) => ({
    transcript: t.field({ type: Transcript, description: 'As it is now.', resolve: (payload) => payload.transcript }),
    segments: t.field({
      type: [TranscriptSegment],
      description: 'Those that were sent, as they stand now.',
      resolve: (payload) => payload.segments,
    }),
  }),
})

builder.mutationField('appendSegments', (t) =>
  t.field({
    type: AppendSegmentsPayload,
    description:
      '1 to 50 segments; safe to send again, in any order. Accepted until the transcript is finalized; once the session ended, finals only.',
    args: { input: t.arg({ type: AppendSegmentsInput, required: true, description: 'What was said.' }) },
    errors: resultOf('AppendSegments', [NotFoundError, InvalidInputError, SessionNotActiveError]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const segments = input.segments.map((segment) => ({
        ...segment,
        previousItemId: segment.previousItemId ?? null,
        taskId: segment.taskId ?? null,
        interrupted: segment.interrupted ?? false,
      }))
      return context.services.appendSegments(viewer, sessionIdOf(input.sessionId), { segments })
    },
  }),
)
