import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConflictError, EntitlementError, LimitError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'

const RequestEvaluationPayload = builder.objectRef<{ session: SessionRecord }>('RequestEvaluationPayload').implement({
  description: 'A judgement is on its way.',
  fields: (t) => ({
    session: t.field({ type: Session, description: 'As it stands now.', resolve: (payload) => payload.session }),
  }),
})

builder.mutationField('requestEvaluation', (t) =>
  t.field({
    type: RequestEvaluationPayload,
    description: 'Queues a new judgement of a session that has ended. A conflict while one is queued or running.',
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    errors: resultOf('RequestEvaluation', [NotFoundError, ConflictError, LimitError, EntitlementError]),
    async resolve(_root, { sessionId }, context) {
      const viewer = await askingViewer(context)
      return { session: await context.services.requestEvaluation(viewer, sessionIdOf(sessionId)) }
    },
  }),
)
