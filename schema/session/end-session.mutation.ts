import type { SessionRecord } from '../../db/queries/session-record.ts'
import { NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { EndReasonEnum } from '../enums.ts'
import { resultOf } from '../faults.ts'
import { Session } from './session.type.ts'

const EndSessionInput = builder.inputType('EndSessionInput', {
  description: 'An end.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Which session.' }),
    reason: t.field({ type: EndReasonEnum, required: true, defaultValue: 'COMPLETED', description: 'Why it ends.' }),
    pendingSegments: t.int({ required: true, defaultValue: 0, description: 'Segments that this client still holds.' }),
  }),
})

const EndSessionPayload = builder.objectRef<{ session: SessionRecord }>('EndSessionPayload').implement({
  description: 'The session has ended.',
  fields: (t) => ({
    session: t.field({ type: Session, description: 'As it ended.', resolve: (payload) => payload.session }),
  }),
})

builder.mutationField('endSession', (t) =>
  t.field({
    type: EndSessionPayload,
    description: [
      'Safe to send again. The transcript is finalized 60 s after the end when nothing is announced as pending, else when the rest has come, at the',
      'latest after 30 days; open partials keep their text and become final then.',
    ].join('\n'),
    args: { input: t.arg({ type: EndSessionInput, required: true, description: 'What ends, and why.' }) },
    errors: resultOf('EndSession', [NotFoundError]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const { sessionId, reason, pendingSegments } = input
      return { session: await context.services.endSession(viewer, sessionIdOf(sessionId), { reason, pendingSegments }) }
    },
  }),
)
