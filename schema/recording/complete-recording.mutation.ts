import type { RecordingRecord } from '../../db/queries/recording.ts'
import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConflictError, NotFoundError, StorageError, UploadMismatchError } from '../../server/domain/errors.ts'
import { askingViewer, recordingIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'
import { Recording } from './recording.type.ts'

const CompleteRecordingPayload = builder
  .objectRef<{ recording: RecordingRecord; session: SessionRecord }>('CompleteRecordingPayload')
  .implement({
    description: 'The recording is stored.',
    fields: (t) => ({
      recording: t.field({ type: Recording, description: 'As verified.', resolve: (payload) => payload.recording }),
      session: t.field({ type: Session, description: 'With its recording.', resolve: (payload) => payload.session }),
    }),
  })

builder.mutationField('completeRecording', (t) =>
  t.field({
    type: CompleteRecordingPayload,
    description: 'Checks the stored object against what was announced, its SHA-256 included. Safe to send again.',
    args: { recordingId: t.arg.id({ required: true, description: 'From presignRecording.' }) },
    errors: resultOf('CompleteRecording', [NotFoundError, UploadMismatchError, ConflictError, StorageError]),
    async resolve(_root, args, context) {
      return context.services.completeRecording(await askingViewer(context), recordingIdOf(args.recordingId))
    },
  }),
)
