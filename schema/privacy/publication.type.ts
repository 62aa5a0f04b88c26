import type { PublicationRecord } from '../../db/queries/publication.ts'
import { builder } from '../builder.ts'

export const Publication = builder.objectRef<PublicationRecord>('Publication').implement({
  description: 'How a session is published.',
  fields: (t) => ({
    slug: t.exposeString('slug', {
      description: 'In the address of its page, `/p/<slug>`: whoever has it may see what is published.',
    }),
    includeAudio: t.exposeBoolean('includeAudio', {
      description: "The recording is published too, with the learner's voice and the partner's.",
    }),
    publishedAt: t.expose('publishedAt', { type: 'DateTime', description: 'When the viewer last agreed.' }),
  }),
})
