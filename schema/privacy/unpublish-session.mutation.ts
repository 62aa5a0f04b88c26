import type { SessionRecord } from '../../db/queries/session-record.ts'
import { NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'

const SessionPayload = builder.objectRef<{ session: SessionRecord }>('SessionPayload').implement({
  description: 'A session that was changed.',
  fields: (t) => ({
    session: t.field({ type: Session, description: 'As it is now.', resolve: (payload) => payload.session }),
  }),
})

builder.mutationField('unpublishSession', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Takes a session back at once: its address leads nowhere from now on, for good. One that is private stays so.',
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    errors: resultOf('UnpublishSession', [NotFoundError]),
    async resolve(_root, { sessionId }, context) {
      const viewer = await askingViewer(context)
      return { session: await context.services.unpublishSession(viewer, sessionIdOf(sessionId)) }
    },
  }),
)
