import type { SessionRecord } from '../../db/queries/session-record.ts'
import { NotFoundError, SessionNotActiveError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from './session.type.ts'

const KeepAlivePayload = builder
  .objectRef<{ session: SessionRecord; remainingSeconds: number }>('KeepAlivePayload')
  .implement({
    description: 'The sign of life was noted.',
    fields: (t) => ({
      session: t.field({ type: Session, description: 'The session.', resolve: (payload) => payload.session }),
      remainingSeconds: t.exposeInt('remainingSeconds', { description: 'Until its time is up.' }),
    }),
  })

builder.mutationField('keepAlive', (t) =>
  t.field({
    type: KeepAlivePayload,
    description: 'A sign of life from the page, every 20 s.',
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    errors: resultOf('KeepAlive', [NotFoundError, SessionNotActiveError]),
    async resolve(_root, args, context) {
      return context.services.keepAlive(await askingViewer(context), sessionIdOf(args.sessionId))
    },
  }),
)
