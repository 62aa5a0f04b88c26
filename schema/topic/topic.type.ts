import type { TopicRecord } from '../../db/queries/topic.ts'
import type { TopicId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum } from '../enums.ts'

export const Topic = builder.objectRef<TopicRecord>('Topic')

builder.node(Topic, {
  description: 'Something to talk about.',
  id: { resolve: (topic) => topic.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services }) => services.findTopic(id as TopicId),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'promptHint' in value,
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What it is called.' }),
    difficulty: t.expose('difficulty', { type: CefrLevelEnum, description: 'The level that it is made for.' }),
    promptHint: t.exposeString('promptHint', {
      nullable: true,
      description: 'What the practice is about, for the learner.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it came to this installation.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it last changed.' }),
  }),
})
