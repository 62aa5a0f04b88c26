import { ConflictError, EntitlementError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, contentPackIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { ContentPackPayload } from './content-pack.type.ts'

builder.mutationField('archiveContentPack', (t) =>
  t.field({
    type: ContentPackPayload,
    description: 'Puts a draft away. Conflict: the active pack is archived by activating another one.',
    args: { id: t.arg.id({ required: true, description: 'Which one.' }) },
    errors: resultOf('ArchiveContentPack', [NotFoundError, ConflictError, EntitlementError]),
    async resolve(_root, { id }, context) {
      const viewer = await askingViewer(context)
      return { contentPack: await context.services.archiveContentPack(viewer, contentPackIdOf(id)) }
    },
  }),
)
