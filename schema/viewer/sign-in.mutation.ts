import type { UserRecord } from '../../db/queries/user.ts'
import { RateLimitedError, UnauthenticatedError } from '../../server/domain/errors.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Viewer } from './viewer.type.ts'

const SignInInput = builder.inputType('SignInInput', {
  description: 'An account and its password.',
  fields: (t) => ({
    email: t.string({ required: true, description: "The account's address." }),
    password: t.string({ required: true, description: 'Its password.' }),
  }),
})

const SignInPayload = builder.objectRef<{ viewer: UserRecord }>('SignInPayload').implement({
  description: 'Signed in.',
  fields: (t) => ({
    viewer: t.field({ type: Viewer, description: 'Whoever is signed in now.', resolve: (payload) => payload.viewer }),
  }),
})

builder.mutationField('signIn', (t) =>
  t.field({
    type: SignInPayload,
    description: 'Signs in by a cookie. One message for a wrong address and a wrong password.',
    args: { input: t.arg({ type: SignInInput, required: true, description: 'Who, and the proof.' }) },
    errors: resultOf('SignIn', [UnauthenticatedError, RateLimitedError], []),
    async resolve(_root, { input }, context) {
      const { user, setCookie } = await context.services.signIn(context.client, input)
      context.setCookie(setCookie)
      return { viewer: user }
    },
  }),
)
