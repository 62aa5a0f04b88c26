import type { EvaluationRecord, SpeakingEvaluationRecord } from '../../db/queries/evaluation.ts'
import type { EvaluationId } from '../../server/domain/ids.ts'
import type { SpeakingResult, Tip as TipRecord } from '../../server/domain/speaking-result.ts'
import { builder } from '../builder.ts'
import { CefrLevelEnum } from '../enums.ts'
import { findEvaluation } from '../session/session-parts.ts'
import { MissingMeasure, SpeechMetrics } from './speech-metrics.type.ts'

const typenames = { SPEAKING: 'SpeakingEvaluation', DRILL: 'DrillEvaluation' } as const

export const Evaluation = builder.interfaceRef<EvaluationRecord>('Evaluation').implement({
  description: 'One judgement of a session. It is never changed: a new one takes its place.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ kind }) => typenames[kind],
  fields: (t) => ({
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    modelUsed: t.exposeString('scorer', {
      description: "Which scorer made it, with its version: for instance `local/3` or a model's id.",
    }),
    processingTimeMs: t.exposeInt('processingMs', { description: 'How long it took, measuring included.' }),
    metrics: t.field({ type: SpeechMetrics, description: 'What it rests on.', resolve: ({ metrics }) => metrics }),
  }),
})

const Tip = builder.objectRef<TipRecord>('Tip').implement({
  description: 'Something that went well, or that is worth changing.',
  fields: (t) => ({
    text: t.exposeString('text', { description: 'In words for the learner.' }),
    quote: t.exposeString('quote', { nullable: true, description: 'Verbatim from the transcript.' }),
    segmentItemId: t.id({
      nullable: true,
      description: 'The segment that it is about.',
      resolve: (tip) => tip.segmentItemId,
    }),
  }),
})

type Scores = SpeakingResult['scores']

const SpeakingScores = builder.objectRef<Scores>('SpeakingScores').implement({
  description: '0 to 100 each; null where this scorer has no evidence.',
  fields: (t) => ({
    fluency: t.exposeInt('fluency', { nullable: true, description: 'Pace and pauses.' }),
    accuracy: t.exposeInt('accuracy', { nullable: true, description: 'How far it is free of errors.' }),
    grammar: t.exposeInt('grammar', { nullable: true, description: 'Range and control of structures.' }),
    vocabulary: t.exposeInt('vocabulary', { nullable: true, description: 'Range of words.' }),
    coherence: t.exposeInt('coherence', { nullable: true, description: 'How it hangs together.' }),
  }),
})

const SpeakingEvaluation = builder.objectRef<SpeakingEvaluationRecord>('SpeakingEvaluation')

builder.node(SpeakingEvaluation, {
  description: 'A judgement of how somebody speaks.',
  interfaces: [Evaluation],
  id: { resolve: (evaluation) => evaluation.id, description: 'Opaque, and unique over all types.' },
  loadOne: async (id, context) => {
    const found = context.viewer && (await findEvaluation(id as EvaluationId, context))
    return found?.kind === 'SPEAKING' ? found : null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'SPEAKING',
  fields: (t) => ({
    overallLevel: t.field({
      type: CefrLevelEnum,
      nullable: true,
      description: 'Null where the evidence does not carry a level: see withheld.',
      resolve: ({ result }) => result.overallLevel,
    }),
    levelRange: t.field({
      type: [CefrLevelEnum],
      description: 'The levels that the evidence does not exclude.',
      resolve: ({ result }) => result.levelRange,
    }),
    confidence: t.float({ nullable: true, description: '0 to 1.', resolve: ({ result }) => result.confidence }),
    withheld: t.field({
      type: [MissingMeasure],
      description: 'What was not judged, and why.',
      resolve: ({ result }) => result.withheld,
    }),
    scores: t.field({ type: SpeakingScores, description: 'By aspect.', resolve: ({ result }) => result.scores }),
    strengths: t.field({ type: [Tip], description: 'What went well.', resolve: ({ result }) => result.strengths }),
    rationale: t.string({
      description: 'What the judgement rests on, in words for the learner.',
      resolve: ({ result }) => result.rationale,
    }),
    tips: t.field({
      type: [Tip],
      description: 'What to change, the most useful first.',
      resolve: ({ result }) => result.tips,
    }),
  }),
})
