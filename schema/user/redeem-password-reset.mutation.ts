import { InvalidInputError, NotFoundError, RateLimitedError } from '../../server/domain/errors.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'

const RedeemPasswordResetInput = builder.inputType('RedeemPasswordResetInput', {
  description: 'A link that an administrator handed over, and the password to come.',
  fields: (t) => ({
    token: t.string({ required: true, description: "What stands behind the link's number sign." }),
    newPassword: t.string({ required: true, description: '8 to 200 characters.' }),
  }),
})

const RedeemPasswordResetPayload = builder.objectRef<{ email: string }>('RedeemPasswordResetPayload').implement({
  description: 'The new password holds; nobody is signed in.',
  fields: (t) => ({
    email: t.exposeString('email', { description: "The account's address, to sign in with." }),
  }),
})

builder.mutationField('redeemPasswordReset', (t) =>
  t.field({
    type: RedeemPasswordResetPayload,
    description: 'Sets a new password by a one-time link, and signs the account out everywhere. Needs no sign-in.',
    args: { input: t.arg({ type: RedeemPasswordResetInput, required: true, description: 'Link and password.' }) },
    errors: resultOf('RedeemPasswordReset', [InvalidInputError, NotFoundError, RateLimitedError], []),
    resolve: (_root, { input }, { services, client }) => services.redeemPasswordReset(client, input),
  }),
)
