import { z } from 'zod'
import { requireViewer } from '../../server/auth/viewer.ts'
import type { DrillQuestion as DrillQuestionRecord } from '../../server/services/list-drill-questions.ts'
import { builder } from '../builder.ts'
import { Question } from '../content-pack/question.type.ts'
import { parseCursor, toConnection, toCursor, toPageSize } from '../page.ts'
import { Drill } from './drill.type.ts'

const cursorSchema = z.tuple([z.string().regex(/^[1-9]\d{0,5}$/)]).transform(([position]) => Number(position))

const DrillQuestion = builder.objectRef<DrillQuestionRecord>('DrillQuestion').implement({
  description: 'A question, and what the viewer made of it so far.',
  fields: (t) => ({
    question: t.field({ type: Question, description: 'What is asked.', resolve: (row) => row }),
    bestScore: t.exposeInt('bestScore', {
      nullable: true,
      description: 'The best score of all attempts, 0 to 100; null without a score.',
    }),
    lastTry: t.field({
      type: Drill,
      nullable: true,
      description: 'The newest drill of it that was answered.',
      resolve: (row) => row.lastTry,
    }),
    attempts: t.exposeInt('attempts', { description: 'How often it was answered.' }),
  }),
})

builder.queryField('drillQuestions', (t) =>
  t.field({
    type: DrillQuestionConnection(),
    description:
      "The active pack's questions with the viewer's best score and last try, in the pack's order. Attempts at the same question in earlier versions of the pack count.",
    args: {
      category: t.arg.string({ description: 'Only questions of this category.' }),
      first: t.arg.int({ description: 'At most this many; 20 where it is left out, 100 at most.' }),
      after: t.arg.string({ description: 'Only what comes after this place.' }),
    },
    async resolve(_root, args, { services, viewer }) {
      const asking = requireViewer(viewer)
      const { size } = toPageSize(args)
      const afterPosition = parseCursor(cursorSchema, args.after, 'after')
      const page = { category: args.category ?? null, afterPosition, limit: size }
      const { questions, hasMore } = await services.listDrillQuestions(asking, page)
      const cursorOf = ({ position }: DrillQuestionRecord): string => toCursor([String(position)])
      return toConnection(questions, { cursorOf, hasNextPage: hasMore, hasPreviousPage: afterPosition !== null })
    },
  }),
)

function DrillQuestionConnection() {
  return builder.connectionObject(
    { type: DrillQuestion, name: 'DrillQuestionConnection', description: 'A page of questions.' },
    { name: 'DrillQuestionEdge', description: 'A question and its place.' },
  )
}
