import { NotFoundError } from '../../server/domain/errors.ts'
import type { AccessTokenId } from '../../server/domain/ids.ts'
import { askingViewer } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { idOf } from '../global-id.ts'

const RevokeAccessTokenPayload = builder.objectRef<{ revokedId: AccessTokenId }>('RevokeAccessTokenPayload').implement({
  description: 'The token holds no longer.',
  fields: (t) => ({
    revokedId: t.globalID({
      description: 'Which one.',
      resolve: ({ revokedId }) => ({ type: 'AccessToken', id: revokedId }),
    }),
  }),
})

builder.mutationField('revokeAccessToken', (t) =>
  t.field({
    type: RevokeAccessTokenPayload,
    description: 'Ends a token, and what is followed with it, at once. Safe to send again. Refused to access tokens.',
    args: { id: t.arg.id({ required: true, description: 'Which token.' }) },
    errors: resultOf('RevokeAccessToken', [NotFoundError]),
    async resolve(_root, args, context) {
      const viewer = await askingViewer(context)
      const id = idOf<AccessTokenId>(args.id, 'AccessToken')
      if (id === null) throw new NotFoundError('There is no such access token.')
      return { revokedId: await context.services.revokeAccessToken(viewer, id) }
    },
  }),
)
