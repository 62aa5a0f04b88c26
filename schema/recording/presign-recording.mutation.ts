import type { RecordingRecord } from '../../db/queries/recording.ts'
import { ConflictError, InvalidInputError, NotFoundError, StorageError } from '../../server/domain/errors.ts'
import type { PresignedPut } from '../../server/storage/blob-store.ts'
import type { TestTaskId } from '../../server/domain/ids.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { idOf } from '../global-id.ts'
import { Recording } from './recording.type.ts'

const PresignRecordingInput = builder.inputType('PresignRecordingInput', {
  description: 'Exactly what is going to be uploaded.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Whose audio.' }),
    mimeType: t.string({ required: true, description: 'audio/webm, audio/ogg or audio/mp4, with its codecs.' }),
    sizeBytes: t.int({ required: true, description: 'At most 64 MiB.' }),
    durationSeconds: t.float({ required: true, description: "At most the session's cap and 60 s." }),
    sha256: t.string({ required: true, description: 'Hex.' }),
    startMs: t.int({
      required: true,
      description: 'Milliseconds from the start of the session to its first sample. Of a task: the server knows it.',
    }),
    part: t.int({ required: true, defaultValue: 1, description: '1 for the first; one more for each after a reload.' }),
    taskId: t.id({ description: 'Of a speaking test: the task that it answers. Its part is then that of the task.' }),
  }),
})

const UploadHeader = builder.objectRef<{ name: string; value: string }>('UploadHeader').implement({
  description: 'A header of the upload.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Its name.' }),
    value: t.exposeString('value', { description: 'Its value.' }),
  }),
})

const PresignRecordingPayload = builder
  .objectRef<{ recording: RecordingRecord; upload: PresignedPut }>('PresignRecordingPayload')
  .implement({
    description: 'Where to put it.',
    fields: (t) => ({
      recording: t.field({ type: Recording, description: 'As announced.', resolve: (payload) => payload.recording }),
      uploadUrl: t.string({
        description: 'For one PUT of exactly this content. May be a path on the address of this API.',
        resolve: ({ upload }) => upload.url,
      }),
      headers: t.field({
        type: [UploadHeader],
        description: 'To be sent with the PUT.',
        resolve: ({ upload }) => upload.headers,
      }),
      expiresAt: t.field({
        type: 'DateTime',
        description: 'Ask again after this.',
        resolve: ({ upload }) => upload.expiresAt,
      }),
    }),
  })

builder.mutationField('presignRecording', (t) =>
  t.field({
    type: PresignRecordingPayload,
    description:
      'A signed PUT for exactly this type, size and checksum; in every status, for 30 days after the end. Safe to send again.',
    args: {
      input: t.arg({ type: PresignRecordingInput, required: true, description: 'What is going to be uploaded.' }),
    },
    errors: resultOf('PresignRecording', [NotFoundError, InvalidInputError, ConflictError, StorageError]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const { sessionId, taskId, ...announced } = input
      return context.services.presignRecording(viewer, sessionIdOf(sessionId), {
        ...announced,
        taskId: taskId == null ? null : (idOf<TestTaskId>(taskId, 'TestTask') ?? ''),
      })
    },
  }),
)
