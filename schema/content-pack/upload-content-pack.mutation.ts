import { ConflictError, EntitlementError, InvalidInputError, LimitError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { ContentPackPayload } from './content-pack.type.ts'

const UploadContentPackInput = builder.inputType('UploadContentPackInput', {
  description: 'A content pack to bring in.',
  fields: (t) => ({
    json: t.string({ required: true, description: "The pack's JSON text, at most 1 MiB of UTF-8." }),
  }),
})

builder.mutationField('uploadContentPack', (t) =>
  t.field({
    type: ContentPackPayload,
    description: [
      'Stores a pack as a DRAFT, for accounts with PRO and administrators; the same bytes again give the same pack.',
      'InvalidInput lists every fault of the pack; the paths are those of its file, and empty for the file as a whole. Conflict: another pack has this name and version. Limit: an account has 20 drafts at most.',
    ].join('\n'),
    args: { input: t.arg({ type: UploadContentPackInput, required: true, description: 'What to bring in.' }) },
    errors: resultOf('UploadContentPack', [InvalidInputError, ConflictError, EntitlementError, LimitError]),
    async resolve(_root, { input }, context) {
      return { contentPack: await context.services.uploadContentPack(await askingViewer(context), input) }
    },
  }),
)
