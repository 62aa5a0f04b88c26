import type { DeletionRecord } from '../../db/queries/deletion.ts'
import type { DeletionId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'

export const DeletionReceipt = builder.objectRef<DeletionRecord>('DeletionReceipt')

builder.node(DeletionReceipt, {
  description:
    'What was removed; `verified` once each blob was seen to be gone, and no call goes on. Fetched again by its id, it tells when that is.',
  id: { resolve: (deletion) => deletion.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findDeletion(viewer, id as DeletionId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'rowCount' in value,
  fields: (t) => ({
    rows: t.exposeInt('rowCount', { description: 'Rows of the database that were deleted with the session.' }),
    blobs: t.exposeInt('blobCount', {
      description: 'Objects of the store that belonged to it: its recordings, and what was measured of them.',
    }),
    verified: t.boolean({
      description:
        'The store was looked through, and holds nothing of it; its calls are hung up, or have ended by themselves.',
      resolve: ({ verifiedAt }) => verifiedAt !== null,
    }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', description: 'When it was deleted.' }),
    verifiedAt: t.expose('verifiedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When that was seen; null until then.',
    }),
  }),
})
