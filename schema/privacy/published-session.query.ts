import type { PublishedRecording as PublishedRecordingShape } from '../../db/queries/publication.ts'
import type { PublishedSession as PublishedSessionShape } from '../../server/services/find-published-session.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum, SessionModeEnum } from '../enums.ts'
import { TranscriptSegment } from '../transcript/transcript.type.ts'

interface Sound extends PublishedRecordingShape {
  slug: string
}

const toUrl = ({ slug, part }: Sound): string => `/published/${slug}/recordings/${part}`

const PublishedRecording = builder.objectRef<Sound>('PublishedRecording').implement({
  description: 'A part of the sound of a published session.',
  fields: (t) => ({
    part: t.exposeInt('part', { description: '1 for the first.' }),
    startMs: t.exposeInt('startMs', { description: 'Milliseconds from the start of the session to its first sample.' }),
    durationSeconds: t.exposeFloat('durationSeconds', { description: 'How long it is.' }),
    url: t.string({
      description:
        'A path on the address of this API. Supports range requests, and holds until the owner takes it back.',
      resolve: toUrl,
    }),
  }),
})

const PublishedSession = builder.objectRef<PublishedSessionShape>('PublishedSession').implement({
  description: "What a session's owner chose to publish.",
  fields: (t) => ({
    title: t.exposeString('title', { description: "The topic's title, the test's name, or the question's prompt." }),
    mode: t.expose('mode', { type: SessionModeEnum, description: 'Its kind.' }),
    level: t.expose('level', { type: CefrLevelEnum, nullable: true, description: 'The level that it was held at.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it started.' }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When its owner last agreed.' }),
    authorName: t.exposeString('authorName', {
      nullable: true,
      description: 'As the owner was called when they agreed; null where they gave no name.',
    }),
    segments: t.field({
      type: [TranscriptSegment],
      description: 'What was said, in sequence order.',
      resolve: (session) => session.segments,
    }),
    recordings: t.field({
      type: [PublishedRecording],
      description: 'All parts of its sound; none where it is not published.',
      resolve: ({ slug, recordings }) => recordings.map((recording) => ({ ...recording, slug })),
    }),
    recordingUrl: t.string({
      nullable: true,
      description:
        'Of the primary recording: a path on the address of this API. Null where the sound is not published.',
      resolve: ({ slug, recordings }) => {
        const primary = recordings.find(({ isPrimary }) => isPrimary)
        return primary ? toUrl({ ...primary, slug }) : null
      },
    }),
  }),
})

builder.queryField('publishedSession', (t) =>
  t.field({
    type: PublishedSession,
    nullable: true,
    description: "What a session's owner chose to publish; needs no sign-in. Null where nothing is, or not any more.",
    args: { slug: t.arg.string({ required: true, description: 'From the address of its page.' }) },
    resolve: (_root, { slug }, { services }) => services.findPublishedSession(slug),
  }),
)
