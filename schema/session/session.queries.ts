import type { SessionId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { idOf, sessionTypenames } from '../global-id.ts'
import { Session } from './session.type.ts'

builder.queryField('session', (t) =>
  t.field({
    type: Session,
    nullable: true,
    description: "Null when it does not exist or is not the viewer's: the two are never told apart.",
    args: { id: t.arg.id({ required: true, description: 'From a list or a mutation.' }) },
    resolve(_root, args, { services, viewer }) {
      const id = idOf<SessionId>(args.id, ...sessionTypenames)
      return viewer && id ? services.findSession(viewer, id) : null
    },
  }),
)
