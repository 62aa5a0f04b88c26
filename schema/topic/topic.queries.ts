import { z } from 'zod'
import { builder } from '../builder.ts'
import { CefrLevelEnum } from '../enums.ts'
import { cursorText, parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { Topic } from './topic.type.ts'

const cursorSchema = z
  .tuple([cursorText, cursorText, z.uuid()])
  .transform(([difficulty, title, id]) => ({ difficulty, title, id }))

builder.queryField('topics', (t) =>
  t.field({
    type: TopicConnection(),
    description: 'What there is to talk about, by level, then title. Needs no sign-in.',
    args: {
      level: t.arg({ type: CefrLevelEnum, description: 'Only topics of this level.' }),
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(_root, args, { services }) {
      const { size } = toPageSize(args)
      const after = parseCursor(cursorSchema, args.after, 'after')
      const { topics, hasMore } = await services.listTopics({ level: args.level ?? null, after, limit: size })
      const cursorOf = (topic: (typeof topics)[number]): string => toCursor([topic.difficulty, topic.title, topic.id])
      return toConnection(topics, { cursorOf, hasNextPage: hasMore, hasPreviousPage: after !== null })
    },
  }),
)

function TopicConnection() {
  return builder.connectionObject(
    { type: Topic, name: 'TopicConnection', description: 'A page of topics.' },
    { name: 'TopicEdge', description: 'A topic and its place.' },
  )
}
