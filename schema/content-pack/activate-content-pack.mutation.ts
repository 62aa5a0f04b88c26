import { ConflictError, EntitlementError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, contentPackIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { ContentPackPayload } from './content-pack.type.ts'

builder.mutationField('activateContentPack', (t) =>
  t.field({
    type: ContentPackPayload,
    description:
      'Makes this the pack whose questions are drilled, and archives the one that was, in one moment. Administrators; accounts with PRO too, for packs of their own, where the installation says so.',
    args: { id: t.arg.id({ required: true, description: 'Which one.' }) },
    errors: resultOf('ActivateContentPack', [NotFoundError, ConflictError, EntitlementError]),
    async resolve(_root, { id }, context) {
      const viewer = await askingViewer(context)
      return { contentPack: await context.services.activateContentPack(viewer, contentPackIdOf(id)) }
    },
  }),
)
