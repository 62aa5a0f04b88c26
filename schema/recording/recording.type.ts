import type { RecordingRecord } from '../../db/queries/recording.ts'
import type { RecordingId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { Failure } from '../failure.type.ts'
import { RecordingQualityEnum } from '../enums.ts'

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
    durationSeconds: t.float({
      nullable: true,
      description: 'As measured; until then as the client announced it.',
      resolve: ({ measuredSeconds, durationSeconds }) => measuredSeconds ?? durationSeconds,
    }),
    sampleRate: t.exposeInt('sampleRate', { nullable: true, description: 'In Hz; null until measured.' }),
    channels: t.exposeInt('channels', { nullable: true, description: 'Null until measured.' }),
    quality: t.field({
      type: RecordingQualityEnum,
      description: "What the sound of the learner's side is worth.",
      resolve: ({ quality, missingAt }) => (missingAt === null ? quality : 'MISSING'),
    }),
    measureFailure: t.field({
      type: Failure,
      nullable: true,
      description: 'Why it could not be measured. It stays stored as it is.',
      resolve: (recording) => recording.measureFailure,
    }),
    peaks: t.intList({
      nullable: true,
      description:
        "Loudness peaks 0 to 255 for a waveform, learner's channel; null until measured. Stays when the audio is pruned.",
      args: { count: t.arg.int({ defaultValue: 800, description: 'Exactly this many: 1 to 4,000.' }) },
      resolve: (recording, { count }, { services }) => services.listPeaks(recording, count ?? 800),
    }),
    sha256: t.exposeString('sha256', { nullable: true, description: 'Hex. What is stored was checked against it.' }),
    url: t.string({
      nullable: true,
      description:
        'Signed, short-lived, supports range requests; null until the upload is verified, and once the audio is pruned. May be a path on the address of this API.',
      resolve: (recording, _args, { services }) => services.presignPlayback(recording),
    }),
    uploadedAt: t.expose('uploadedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was verified; null until then.',
    }),
    prunedAt: t.expose('prunedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When its audio was deleted for its age; null while it is kept.',
    }),
  }),
})
