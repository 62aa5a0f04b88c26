import { z } from 'zod'
import type { SessionEventRecord } from '../../db/queries/session-event.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { EventId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { cursorDate, parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import type { JsonValue } from '../scalars.ts'
import { Session } from './session.type.ts'

const SessionEvent = builder.objectRef<SessionEventRecord>('SessionEvent')

builder.node(SessionEvent, {
  description: 'What happened to a session, when; never what was said.',
  id: { resolve: (event) => event.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findSessionEvent(viewer, id as EventId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'detail' in value,
  fields: (t) => ({
    type: t.exposeString('type', { description: 'What happened.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    detail: t.field({
      type: 'JSON',
      nullable: true,
      description: 'Numbers and codes that belong to it.',
      resolve: (event) => event.detail as JsonValue,
    }),
  }),
})

const SessionEventConnection = builder.connectionObject(
  { type: SessionEvent, name: 'SessionEventConnection', description: 'A page of events.' },
  { name: 'SessionEventEdge', description: 'An event and its place.' },
)

const eventCursor = z.tuple([cursorDate, z.uuid()]).transform(([at, id]) => ({ at, id }))

builder.interfaceField(Session, 'events', (t) =>
  t.field({
    type: SessionEventConnection,
    description: 'What happened to it, oldest first.',
    args: {
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(session, args, { services, viewer }) {
      const after = parseCursor(eventCursor, args.after, 'after')
      const { events, hasMore } = await services.listSessionEvents(requireViewer(viewer), {
        sessionId: session.id,
        after,
        limit: toPageSize(args).size,
      })
      return toConnection(events, {
        cursorOf: (event) => toCursor([event.at, event.id]),
        hasNextPage: hasMore,
        hasPreviousPage: after !== null,
      })
    },
  }),
)
