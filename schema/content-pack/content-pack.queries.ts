import { z } from 'zod'
import { requireViewer } from '../../server/auth/viewer.ts'
import { builder } from '../builder.ts'
import { ContentPackStatusEnum } from '../enums.ts'
import { cursorDate, parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { ContentPack } from './content-pack.type.ts'

const cursorSchema = z.tuple([cursorDate, z.uuid()]).transform(([createdAt, id]) => ({ createdAt, id }))

builder.queryField('activeContentPack', (t) =>
  t.field({
    type: ContentPack,
    nullable: true,
    description: 'The pack whose questions are drilled; null where there is none, or nobody is signed in.',
    resolve: (_root, _args, { services, viewer }) => (viewer ? services.findActiveContentPack(viewer) : null),
  }),
)

builder.queryField('contentPacks', (t) =>
  t.field({
    type: ContentPackConnection(),
    description:
      "What is or was active, and the viewer's own; to an administrator all of them. The last uploaded comes first.",
    args: {
      status: t.arg({ type: ContentPackStatusEnum, description: 'Only packs that stand so.' }),
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(_root, args, { services, viewer }) {
      const asking = requireViewer(viewer)
      const { size } = toPageSize(args)
      const after = parseCursor(cursorSchema, args.after, 'after')
      const page = { status: args.status ?? null, after, limit: size }
      const { packs, hasMore } = await services.listContentPacks(asking, page)
      const cursorOf = (pack: (typeof packs)[number]): string => toCursor([pack.createdAt, pack.id])
      return toConnection(packs, { cursorOf, hasNextPage: hasMore, hasPreviousPage: after !== null })
    },
  }),
)

function ContentPackConnection() {
  return builder.connectionObject(
    { type: ContentPack, name: 'ContentPackConnection', description: 'A page of content packs.' },
    { name: 'ContentPackEdge', description: 'A content pack and its place.' },
  )
}
