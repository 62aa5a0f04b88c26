import type { RecordingRecord } from '../../db/queries/recording.ts'
import type { RecordingId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'

export const Recording = builder.objectRef<RecordingRecord>('Recording')

builder.node(Recording, {
  description: "A session's audio: the learner's voice on the left channel, the partner's on the right.",
  id: { resolve: (recording) => recording.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findRecording(viewer, id as RecordingId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'incomingKey' in value,
  fields: (t) => ({
    startMs: t.exposeInt('startMs', { description: 'Milliseconds from the start of the session to its first sample.' }),
    part: t.exposeInt('part', {
      description:
        '1 for the first; more when the page was reloaded in between. Parts are joined into the primary recording, gaps as silence.',
    }),
    isPrimary: t.exposeBoolean('isPrimary', { description: 'The one that is played.' }),
    mimeType: t.exposeString('mimeType', { description: 'Container and codec.' }),
    sizeBytes: t.exposeInt('sizeBytes', { description: 'Of the file.' }),
    durationSeconds: t.exposeFloat('durationSeconds', { nullable: true, description: 'As the client announced it.' }),
    sha256: t.exposeString('sha256', { nullable: true, description: 'Hex. What is stored was checked against it.' }),
    url: t.string({
      nullable: true,
      description:
        'Signed, short-lived, supports range requests; null until the upload is verified. May be a path on the address of this API.',
      resolve: (recording, _args, { services }) => services.presignPlayback(recording),
    }),
    uploadedAt: t.expose('uploadedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was verified; null until then.',
    }),
  }),
})
