import { builder } from '../builder.ts'

builder.mutationField('signOut', (t) =>
  t.boolean({
    description: 'Ends the sign-in that the request came with; true whether or not there was one.',
    async resolve(_root, _args, context) {
      context.setCookie(await context.services.signOut(context.viewer, context.cookieHeader))
      return true
    },
  }),
)
