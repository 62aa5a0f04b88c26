import { LimitError, NotFoundError, ProviderError, SessionNotActiveError } from '../../server/domain/errors.ts'
import type { ClientSecret as ClientSecretShape } from '../../server/services/mint-for-call.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { ClientSecret } from './client-secret.type.ts'

const MintClientSecretPayload = builder
  .objectRef<{ clientSecret: ClientSecretShape }>('MintClientSecretPayload')
  .implement({
    description: 'A new call may be made.',
    fields: (t) => ({
      clientSecret: t.field({
        type: ClientSecret,
        description: 'For that call.',
        resolve: (payload) => payload.clientSecret,
      }),
    }),
  })

builder.mutationField('mintClientSecret', (t) =>
  t.field({
    type: MintClientSecretPayload,
    description:
      'A fresh secret for the running session (reconnect, expiry); hangs up the former call: one live call per session.',
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    errors: resultOf('MintClientSecret', [NotFoundError, SessionNotActiveError, LimitError, ProviderError]),
    async resolve(_root, args, context) {
      const viewer = await askingViewer(context)
      return { clientSecret: await context.services.mintClientSecret(viewer, sessionIdOf(args.sessionId)) }
    },
  }),
)
