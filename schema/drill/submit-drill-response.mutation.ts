import type { SessionRecord } from '../../db/queries/session-record.ts'
import { InvalidInputError, NotFoundError, SessionNotActiveError } from '../../server/domain/errors.ts'
import type { SessionId } from '../../server/domain/ids.ts'
import { askingViewer, recordingIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { idOf } from '../global-id.ts'
import { Drill } from './drill.type.ts'

const DrillResponseInput = builder.inputType('DrillResponseInput', {
  description: 'An answer: typed or recorded.',
  isOneOf: true,
  fields: (t) => ({
    text: t.string({ description: 'As typed: at most 20,000 characters.' }),
    recordingId: t.id({ description: 'A recording of this drill, once stored.' }),
  }),
})

const SubmitDrillResponseInput = builder.inputType('SubmitDrillResponseInput', {
  description: 'The answer to a drill.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Which drill.' }),
    response: t.field({ type: DrillResponseInput, required: true, description: 'The answer.' }),
  }),
})

const SubmitDrillResponsePayload = builder.objectRef<{ drill: SessionRecord }>('SubmitDrillResponsePayload').implement({
  description: 'The drill is answered; a judgement is on its way.',
  fields: (t) => ({
    drill: t.field({ type: Drill, description: 'As it stands now.', resolve: (payload) => payload.drill }),
  }),
})

builder.mutationField('submitDrillResponse', (t) =>
  t.field({
    type: SubmitDrillResponsePayload,
    description: [
      'Answers a drill, once, and ends it. The same answer again changes nothing; another one: SessionNotActive. A recorded answer is',
      'written down before it is judged; where nothing here can do that, the judgement fails and says so: see provideLearnerText.',
    ].join('\n'),
    args: { input: t.arg({ type: SubmitDrillResponseInput, required: true, description: 'The answer, and of what.' }) },
    errors: resultOf('SubmitDrillResponse', [NotFoundError, InvalidInputError, SessionNotActiveError]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const sessionId = idOf<SessionId>(input.sessionId, 'Drill')
      if (sessionId === null) throw new NotFoundError('There is no such drill.')
      const { text, recordingId } = input.response
      const answer =
        typeof recordingId === 'string' ? { recordingId: recordingIdOf(recordingId) } : { text: text ?? '' }
      return { drill: await context.services.submitDrillResponse(viewer, sessionId, answer) }
    },
  }),
)
