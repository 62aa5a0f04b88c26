import type { UserRecord } from '../../db/queries/user.ts'
import { InvalidInputError } from '../../server/domain/errors.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Viewer } from './viewer.type.ts'

const ChangePasswordInput = builder.inputType('ChangePasswordInput', {
  description: 'The password in use, and the one to come.',
  fields: (t) => ({
    currentPassword: t.string({ required: true, description: 'The one in use.' }),
    newPassword: t.string({ required: true, description: '8 to 200 characters.' }),
  }),
})

const ChangePasswordPayload = builder.objectRef<{ viewer: UserRecord }>('ChangePasswordPayload').implement({
  description: 'The new password holds.',
  fields: (t) => ({
    viewer: t.field({ type: Viewer, description: 'Whoever is signed in.', resolve: (payload) => payload.viewer }),
  }),
})

builder.mutationField('changePassword', (t) =>
  t.field({
    type: ChangePasswordPayload,
    description: "Changes the viewer's password, and signs every other device out.",
    args: { input: t.arg({ type: ChangePasswordInput, required: true, description: 'Both passwords.' }) },
    errors: resultOf('ChangePassword', [InvalidInputError]),
    async resolve(_root, { input }, context) {
      return { viewer: await context.services.changePassword(await askingViewer(context), input) }
    },
  }),
)
