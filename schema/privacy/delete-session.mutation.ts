import type { DeletionRecord } from '../../db/queries/deletion.ts'
import { NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { typenameOf } from '../session/session.type.ts'
import { DeletionReceipt } from './deletion-receipt.type.ts'

const DeleteSessionPayload = builder.objectRef<{ deletion: DeletionRecord }>('DeleteSessionPayload').implement({
  description: 'The session is gone.',
  fields: (t) => ({
    deletedId: t.globalID({
      description: "The session's id.",
      resolve: ({ deletion: { mode, sessionId } }) => {
        if (mode === null || sessionId === null) throw new Error('what was deleted is a session')
        return { type: typenameOf[mode], id: sessionId }
      },
    }),
    receipt: t.field({
      type: DeletionReceipt,
      description: 'What was removed.',
      resolve: (payload) => payload.deletion,
    }),
  }),
})

builder.mutationField('deleteSession', (t) =>
  t.field({
    type: DeleteSessionPayload,
    description: [
      'Deletes a session of whatever status, with its words, recordings, feedback and events: at once and for everybody. A call that runs is',
      'hung up, and who follows it is told. What the store holds is gone within seconds: the receipt tells. Sent again: the same receipt.',
    ].join('\n'),
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    errors: resultOf('DeleteSession', [NotFoundError]),
    async resolve(_root, { sessionId }, context) {
      const viewer = await askingViewer(context)
      return { deletion: await context.services.deleteSession(viewer, sessionIdOf(sessionId)) }
    },
  }),
)
