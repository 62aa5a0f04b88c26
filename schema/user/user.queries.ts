import { z } from 'zod'
import type { AccountRecord } from '../../db/queries/account.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { UserId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'
import { parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { User } from './user.type.ts'

const cursorSchema = z.tuple([z.uuid()]).transform(([id]) => id as UserId)

const UserConnection = builder.connectionObject(
  { type: User, name: 'UserConnection', description: 'A page of accounts.' },
  { name: 'UserEdge', description: 'An account and its place.' },
)

builder.queryField('users', (t) =>
  t.field({
    type: UserConnection,
    description: 'All accounts, newest first. For administrators; FORBIDDEN for everyone else.',
    args: {
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
      search: t.arg.string({ description: 'Part of the address or the name, in any case of letters.' }),
    },
    async resolve(_root, args, { services, viewer }) {
      const asking = requireViewer(viewer)
      const { size } = toPageSize(args)
      const after = parseCursor(cursorSchema, args.after, 'after')
      const { users, hasMore } = await services.listUsers(asking, { search: args.search ?? null, after, limit: size })
      const cursorOf = (user: AccountRecord): string => toCursor([user.id])
      return toConnection(users, { cursorOf, hasNextPage: hasMore, hasPreviousPage: after !== null })
    },
  }),
)
