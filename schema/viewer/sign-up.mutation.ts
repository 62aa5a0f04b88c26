import type { UserRecord } from '../../db/queries/user.ts'
import { ConflictError, InvalidInputError, RateLimitedError } from '../../server/domain/errors.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Viewer } from './viewer.type.ts'

const SignUpInput = builder.inputType('SignUpInput', {
  description: 'A new account.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'To sign in with.' }),
    password: t.string({ required: true, description: '8 to 200 characters.' }),
    name: t.string({ description: 'What the partner calls the learner.' }),
    setupCode: t.string({
      description:
        'Printed when the server starts; asked of the first account only, and only where the server listens beyond loopback.',
    }),
  }),
})

const SignUpPayload = builder.objectRef<{ viewer: UserRecord }>('SignUpPayload').implement({
  description: 'The account is open and signed in.',
  fields: (t) => ({
    viewer: t.field({ type: Viewer, description: 'Whoever is signed in now.', resolve: (payload) => payload.viewer }),
  }),
})

builder.mutationField('signUp', (t) =>
  t.field({
    type: SignUpPayload,
    description: 'Opens an account and signs it in by a cookie. The first one is the administrator.',
    args: { input: t.arg({ type: SignUpInput, required: true, description: 'The new account.' }) },
    errors: resultOf('SignUp', [InvalidInputError, ConflictError, RateLimitedError], []),
    async resolve(_root, { input }, context) {
      const { user, setCookie } = await context.services.signUp(context.client, input)
      context.setCookie(setCookie)
      return { viewer: user }
    },
  }),
)
