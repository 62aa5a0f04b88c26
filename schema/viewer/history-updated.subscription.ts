import { requireViewer } from '../../server/auth/viewer.ts'
import type { HistoryUpdate as HistoryUpdateShape } from '../../server/services/follow-history.ts'
import { builder } from '../builder.ts'
import { HistoryChangeEnum } from '../enums.ts'
import { Session, typenameOf } from '../session/session.type.ts'

const HistoryUpdate = builder.objectRef<HistoryUpdateShape>('HistoryUpdate').implement({
  description: "A change of the viewer's history.",
  fields: (t) => ({
    kind: t.field({ type: HistoryChangeEnum, description: 'What happened.', resolve: (update) => update.kind }),
    session: t.field({
      type: Session,
      nullable: true,
      description: 'The session as it is now, of CHANGED.',
      resolve: (update) => update.session,
    }),
    removedId: t.globalID({
      nullable: true,
      description: 'Of REMOVED.',
      resolve: (update) => update.removed && { type: typenameOf[update.removed.mode], id: update.removed.id },
    }),
  }),
})

builder.subscriptionField('historyUpdated', (t) =>
  t.field({
    type: HistoryUpdate,
    description:
      'READY after each (re)subscribe: fetch the first page then. Growth of a running session is at most one CHANGED a second.',
    subscribe: (_root, _args, { services, viewer }) => services.followHistory(requireViewer(viewer)),
    resolve: (update) => update,
  }),
)
