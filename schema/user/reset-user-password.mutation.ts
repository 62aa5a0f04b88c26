import { NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, userIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'

const ResetUserPasswordPayload = builder
  .objectRef<{ url: string; expiresAt: Date }>('ResetUserPasswordPayload')
  .implement({
    description: 'A link to hand over. It is in this answer only.',
    fields: (t) => ({
      url: t.exposeString('url', { description: 'Leads to a page that asks for a new password. Good once.' }),
      expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it is good for nothing any more.' }),
    }),
  })

builder.mutationField('resetUserPassword', (t) =>
  t.field({
    type: ResetUserPasswordPayload,
    description:
      'Makes a one-time link to a new password, for whoever forgot the old one; an earlier link is void. For administrators.',
    args: { userId: t.arg.id({ required: true, description: 'The account.' }) },
    errors: resultOf('ResetUserPassword', [NotFoundError]),
    async resolve(_root, args, context) {
      return context.services.resetUserPassword(await askingViewer(context), userIdOf(args.userId))
    },
  }),
)
