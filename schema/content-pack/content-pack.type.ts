import type { ContentPackRecord } from '../../db/queries/content-pack.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { ContentPackId } from '../../server/domain/ids.ts'
import { createBatch } from '../batch.ts'
import { builder } from '../builder.ts'
import { ContentPackStatusEnum } from '../enums.ts'
import type { JsonValue } from '../scalars.ts'
import { Question } from './question.type.ts'

const listQuestions = createBatch(({ services, viewer }, packIds: ContentPackId[]) =>
  services.listPackQuestions(requireViewer(viewer), packIds),
)

export const ContentPack = builder.objectRef<ContentPackRecord>('ContentPack')

builder.node(ContentPack, {
  description: 'Interview questions and what answers to them are judged by. It is never changed and never deleted.',
  id: { resolve: (pack) => pack.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findContentPack(viewer, id as ContentPackId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'checksum' in value,
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Semantic version: unique together with the name.' }),
    name: t.exposeString('name', { description: 'What all versions of the pack have in common.' }),
    title: t.exposeString('title', { description: 'What it is called on the page.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it prepares for.' }),
    status: t.expose('status', { type: ContentPackStatusEnum, description: 'Where it stands.' }),
    schemaVersion: t.exposeString('schemaVersion', { description: 'Of the format of its file.' }),
    fileSizeBytes: t.exposeInt('fileSizeBytes', { description: 'Of the file as uploaded, in UTF-8.' }),
    checksum: t.exposeString('checksum', { description: 'SHA-256 of the file as uploaded, in hex.' }),
    categories: t.exposeStringList('categories', {
      description: 'The seven that every answer is judged in, in the order of the score card.',
    }),
    questions: t.field({
      type: [Question],
      description: 'In the order of the file.',
      resolve: async ({ id }, _args, context) => (await listQuestions(id, context)) ?? [],
    }),
    file: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'All that is in the file, to its uploader and to administrators; null to everyone else, because it says what answers are searched for.',
      resolve: async (pack, _args, { services, viewer }) =>
        (await services.findPackFile(requireViewer(viewer), pack)) as JsonValue,
    }),
    isOwn: t.boolean({
      description: 'The viewer uploaded it.',
      resolve: ({ uploadedBy }, _args, { viewer }) => uploadedBy !== null && uploadedBy === viewer?.id,
    }),
    canActivate: t.boolean({
      description: 'The viewer may activate it as things stand.',
      resolve: async (pack, _args, { services, viewer }) =>
        (await services.getPackRights(requireViewer(viewer), pack)).canActivate,
    }),
    canArchive: t.boolean({
      description: 'The viewer may archive it as things stand.',
      resolve: async (pack, _args, { services, viewer }) =>
        (await services.getPackRights(requireViewer(viewer), pack)).canArchive,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was uploaded.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its status last changed.' }),
    activatedAt: t.expose('activatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it became active, the last time; null: never.',
    }),
  }),
})

export const ContentPackPayload = builder
  .objectRef<{ contentPack: ContentPackRecord }>('ContentPackPayload')
  .implement({
    description: 'It is done.',
    fields: (t) => ({
      contentPack: t.field({
        type: ContentPack,
        description: 'As it is now.',
        resolve: (payload) => payload.contentPack,
      }),
    }),
  })
