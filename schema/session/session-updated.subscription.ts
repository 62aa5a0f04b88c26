import { requireViewer } from '../../server/auth/viewer.ts'
import { sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { Session } from './session.type.ts'

builder.subscriptionField('sessionUpdated', (t) =>
  t.field({
    type: Session,
    description:
      'First the session as it is now, then after each change of status, privacy or recording, coalesced. Completes on deletion.',
    args: { sessionId: t.arg.id({ required: true, description: 'Which session.' }) },
    subscribe: (_root, args, { services, viewer }) =>
      services.followSession(requireViewer(viewer), sessionIdOf(args.sessionId)),
    resolve: (session) => session,
  }),
)
