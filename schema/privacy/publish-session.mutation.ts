import type { SessionRecord } from '../../db/queries/session-record.ts'
import { ConfirmationError, ConflictError, InvalidInputError, NotFoundError } from '../../server/domain/errors.ts'
import { askingViewer, sessionIdOf } from '../asking.ts'
import { builder } from '../builder.ts'
import { resultOf } from '../faults.ts'
import { Session } from '../session/session.type.ts'

const PublishSessionInput = builder.inputType('PublishSessionInput', {
  description: 'What becomes public.',
  fields: (t) => ({
    sessionId: t.id({ required: true, description: 'Which session.' }),
    includeAudio: t.boolean({
      required: true,
      description: "The recording too, with the learner's voice and the partner's.",
    }),
    confirm: t.string({
      description: 'The phrase of the ConfirmationFault; left out, it is asked for and nothing is published.',
    }),
  }),
})

const PublishSessionPayload = builder
  .objectRef<{ session: SessionRecord; slug: string }>('PublishSessionPayload')
  .implement({
    description: 'The session is public.',
    fields: (t) => ({
      session: t.field({ type: Session, description: 'As it is now.', resolve: (payload) => payload.session }),
      slug: t.exposeString('slug', { description: 'Its page is at `/p/<slug>`.' }),
    }),
  })

builder.mutationField('publishSession', (t) =>
  t.field({
    type: PublishSessionPayload,
    description: [
      'Publishes a session that has ended, under an address that cannot be guessed. Takes two calls: without `confirm`, ConfirmationFault tells',
      'what would become public and the phrase to send. One that is published keeps its address.',
    ].join('\n'),
    args: { input: t.arg({ type: PublishSessionInput, required: true, description: 'Which one, and what of it.' }) },
    errors: resultOf('PublishSession', [NotFoundError, ConfirmationError, ConflictError, InvalidInputError]),
    async resolve(_root, { input: { sessionId, includeAudio, confirm } }, context) {
      const viewer = await askingViewer(context)
      const publishing = { includeAudio, confirm: confirm ?? null }
      return context.services.publishSession(viewer, sessionIdOf(sessionId), publishing)
    },
  }),
)
