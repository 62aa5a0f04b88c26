import type { UserId } from '../../server/domain/ids.ts'
import { ConflictError, InvalidInputError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'

const DeleteAccountInput = builder.inputType('DeleteAccountInput', {
  description: 'The end of an account.',
  fields: (t) => ({ password: t.string({ required: true, description: 'The one in use, once more.' }) }),
})

const DeleteAccountPayload = builder.objectRef<{ userId: UserId }>('DeleteAccountPayload').implement({
  description: 'The account is gone, and nobody is signed in to it any more.',
  fields: (t) => ({
    deletedId: t.globalID({
      description: "The viewer's id.",
      resolve: ({ userId }) => ({ type: 'Viewer', id: userId }),
    }),
  }),
})

builder.mutationField('deleteAccount', (t) =>
  t.field({
    type: DeleteAccountPayload,
    description: [
      "Deletes the viewer's account with every session, recording, export and sign-in, and what a payment service knows of it. The last",
      'administrator of an installation cannot.',
    ].join('\n'),
    args: { input: t.arg({ type: DeleteAccountInput, required: true, description: 'The proof.' }) },
    errors: resultOf('DeleteAccount', [InvalidInputError, ConflictError]),
    async resolve(_root, { input: { password } }, context) {
      const viewer = await askingViewer(context)
      const { cookieHeader } = context
      const { setCookie } = await context.services.deleteAccount(viewer, { password, cookieHeader })
      context.setCookie(setCookie)
      return { userId: viewer.id }
    },
  }),
)
