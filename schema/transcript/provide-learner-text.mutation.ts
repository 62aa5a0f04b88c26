import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConflictError, InvalidInputError, NotFoundError, StorageError } from '../../server/domain/errors.ts'
import { askingViewer, recordingIdOf, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'

const ProvideLearnerTextInput = builder.inputType('ProvideLearnerTextInput', {
  description: 'What the learner says they said.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'In which session; it has ended.' }),
    recordingId: t.id({
      description: 'In which part of its audio, once stored; all stored parts where it is left out.',
    }),
    text: t.string({ required: true, description: 'All of it, in the order it was said. At most 20,000 characters.' }),
  }),
})

const ProvideLearnerTextPayload = builder.objectRef<{ session: SessionRecord }>('ProvideLearnerTextPayload').implement({
  description: 'The text is in the transcript.',
  fields: (t) => ({
    session: t.field({
      type: Session,
      description: 'With the text in its transcript.',
      resolve: (payload) => payload.session,
    }),
  }),
})

builder.mutationField('provideLearnerText', (t) =>
  t.field({
    type: ProvideLearnerTextPayload,
    description: [
      'What the learner says they said, for speech that nothing recognised. Becomes ALIGNED segments where its words are found in the stored',
      'recording, else one TYPED segment. Once a session, after its end, and no matter whether its transcript is finalized: the segments take',
      'their place by time. The same text again changes nothing; another text, or speech that was understood: Conflict. May take half a minute.',
    ].join('\n'),
    args: { input: t.arg({ type: ProvideLearnerTextInput, required: true, description: 'What was said, and where.' }) },
    errors: resultOf('ProvideLearnerText', [NotFoundError, InvalidInputError, ConflictError, StorageError]),
    async resolve(_root, { input }, context) {
      const viewer = await askingViewer(context)
      const recordingId = typeof input.recordingId === 'string' ? recordingIdOf(input.recordingId) : null
      const said = { recordingId, text: input.text }
      return { session: await context.services.provideLearnerText(viewer, sessionIdOf(input.sessionId), said) }
    },
  }),
)
