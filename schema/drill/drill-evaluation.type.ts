import type { DrillEvaluationRecord } from '../../db/queries/evaluation.ts'
import { requireViewer } from '../../server/auth/viewer.ts'
import { compareDrillResults, type DrillComparison as Comparison } from '../../server/domain/compare-drill-results.ts'
import type { DrillCategoryResult, DrillPart as Part } from '../../server/domain/drill-result.ts'
import type { EvaluationId } from '../../server/domain/ids.ts'
import { createBatch } from '../batch.ts'
import { builder } from '../builder.ts'
import { PassFlagEnum } from '../enums.ts'
import { Evaluation } from '../evaluation/evaluation.type.ts'
import { findEvaluation } from '../session/session-parts.ts'

const findPreviousResult = createBatch(({ services, viewer }, ids: EvaluationId[]) =>
  services.findPreviousDrillResults(requireViewer(viewer), ids),
)

const CategoryScore = builder.objectRef<DrillCategoryResult>('CategoryScore').implement({
  description: 'What an answer shows of one of the seven categories.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the content pack calls it.' }),
    passFlag: t.expose('passFlag', { type: PassFlagEnum, description: 'Whether the answer shows it.' }),
    note: t.exposeString('note', { description: 'Where the answer shows it, or what would.' }),
  }),
})

const DrillPart = builder.objectRef<Part>('DrillPart').implement({
  description: 'One part of the score.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What is looked at.' }),
    score: t.exposeInt('score', { description: '0 to 100.' }),
    weight: t.exposeFloat('weight', { description: 'Its share of the overall score, 0 to 1.' }),
    basis: t.exposeString('basis', { description: 'What it rests on, in a few words for the learner.' }),
  }),
})

const DrillComparison = builder.objectRef<Comparison>('DrillComparison').implement({
  description: 'An attempt held against the last one at the same question.',
  fields: (t) => ({
    scoreChange: t.exposeInt('scoreChange', {
      nullable: true,
      description: 'Points more or less; null where different scorers judged.',
    }),
    gained: t.exposeStringList('gained', { description: 'Categories that pass now and did not.' }),
    lost: t.exposeStringList('lost', { description: 'Categories that passed and do not now.' }),
    lines: t.exposeStringList('lines', { description: 'All of it in sentences for the learner.' }),
  }),
})

const DrillEvaluation = builder.objectRef<DrillEvaluationRecord>('DrillEvaluation')

builder.node(DrillEvaluation, {
  description: 'A judgement of the answer to an interview question.',
  interfaces: [Evaluation],
  id: { resolve: (evaluation) => evaluation.id, description: 'Opaque, and unique over all types.' },
  loadOne: async (id, context) => {
    const found = context.viewer && (await findEvaluation(id as EvaluationId, context))
    return found?.kind === 'DRILL' ? found : null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'DRILL',
  fields: (t) => ({
    durationSeconds: t.float({
      nullable: true,
      description: "Of the answer's sound; null for a typed answer.",
      resolve: ({ result }) => result.durationSeconds,
    }),
    words: t.int({ nullable: true, description: 'Words of the answer.', resolve: ({ result }) => result.words }),
    wpm: t.float({
      nullable: true,
      description: 'Words per minute; null for a typed answer.',
      resolve: ({ result }) => result.wpm,
    }),
    overallScore: t.int({
      description:
        '0 to 100. An answer that cannot be scored has no evaluation: evaluationStatus FAILED and evaluationFailure.',
      resolve: ({ result }) => result.overallScore,
    }),
    categories: t.field({
      type: [CategoryScore],
      description: "Exactly 7, names unique, in the content pack's order.",
      resolve: ({ result }) => result.categories,
    }),
    whatChanged: t.stringList({
      description: 'Changes to make, the most useful first: at most 3.',
      resolve: ({ result }) => result.whatChanged,
    }),
    practiceRule: t.string({ description: 'One rule to practise by.', resolve: ({ result }) => result.practiceRule }),
    parts: t.field({
      type: [DrillPart],
      description: 'What the overall score is made of, those parts that could be measured of this answer.',
      resolve: ({ result }) => result.parts,
    }),
    limits: t.stringList({
      description: 'What this judgement cannot tell, in sentences for the learner.',
      resolve: ({ result }) => result.limits,
    }),
    sinceLastAttempt: t.field({
      type: DrillComparison,
      nullable: true,
      description: 'Against the last attempt at the same question that has a score; null for the first.',
      resolve: async ({ id, result }, _args, context) => {
        const previous = await findPreviousResult(id, context)
        return previous && compareDrillResults(previous, result)
      },
    }),
  }),
})
