import type { RecordingRecord } from '../../db/queries/recording.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConflictError, EntitlementError, LimitError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, recordingIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'
import { Recording } from './recording.type.ts'

const RetryRecordingPayload = builder
  .objectRef<{ recording: RecordingRecord; session: SessionRecord }>('RetryRecordingPayload')
  .implement({
    description: 'It is tried again.',
    fields: (t) => ({
      recording: t.field({
        type: Recording,
        description: 'As it stands now.',
        resolve: (payload) => payload.recording,
      }),
      session: t.field({ type: Session, description: 'Whose recording it is.', resolve: (payload) => payload.session }),
    }),
  })

builder.mutationField('retryRecording', (t) =>
  t.field({
    type: RetryRecordingPayload,
    description: [
      'Measures a stored recording again where `measureFailure` is retryable, and writes it down again where',
      '`transcriptionFailure` is, or where nobody could before. A conflict where nothing is to be tried again; 10 times at most.',
    ].join('\n'),
    args: { recordingId: t.arg.id({ required: true, description: 'Which recording.' }) },
    errors: resultOf('RetryRecording', [NotFoundError, ConflictError, LimitError, EntitlementError]),
    async resolve(_root, { recordingId }, context) {
      return context.services.retryRecording(await askingViewer(context), recordingIdOf(recordingId))
    },
  }),
)
