import type { QuestionRecord } from '../../db/queries/question.ts'
import type { QuestionId } from '../../server/domain/ids.ts'
import { builder } from '../builder.ts'

export const Question = builder.objectRef<QuestionRecord>('Question')

builder.node(Question, {
  description: 'One interview question, as its pack has it. It never changes.',
  id: { resolve: (question) => question.id, description: 'Opaque, and unique over all types.' },
  loadOne: (id, { services, viewer }) => (viewer ? services.findQuestion(viewer, id as QuestionId) : null),
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'evaluationCriteria' in value,
  fields: (t) => ({
    key: t.exposeString('key', { description: "Its id in the pack's file, the same from version to version." }),
    category: t.exposeString('category', { description: 'The category that it is mainly about: one of the seven.' }),
    prompt: t.exposeString('prompt', { description: 'What the interviewer asks.' }),
    expectedDurationSeconds: t.exposeInt('expectedDurationSeconds', { description: 'How long a good answer takes.' }),
    evaluationCriteria: t.exposeStringList('evaluationCriteria', { description: 'What a good answer does.' }),
  }),
})
