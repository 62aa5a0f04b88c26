/** What a session says of its judgement. */
import { builder } from '../builder.ts'
import { EvaluationStatusEnum } from '../enums.ts'
import { Failure } from '../failure.type.ts'
import { Session } from '../session/session.type.ts'
import { Evaluation } from './evaluation.type.ts'
import { findEvaluation } from './find-evaluation.ts'

builder.interfaceFields(Session, (t) => ({
  evaluationStatus: t.expose('evaluationStatus', {
    type: EvaluationStatusEnum,
    description: 'Where its judgement stands. While a new one is made, `evaluation` is the former.',
  }),
  evaluationFailure: t.field({
    type: Failure,
    nullable: true,
    description: 'Why there is no judgement, and what to do.',
    resolve: (session) => session.evaluationFailure,
  }),
  evaluation: t.field({
    type: Evaluation,
    nullable: true,
    description: 'The newest completed one.',
    resolve: ({ evaluationId }, _args, context) => evaluationId && findEvaluation(evaluationId, context),
  }),
}))
