import type { SessionFailure } from '../db/tables/session.ts'
import { builder } from './builder.ts'

export const Failure = builder.objectRef<SessionFailure>('Failure').implement({
  description: 'Why something failed.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'For programs.' }),
    message: t.exposeString('message', { description: 'For people.' }),
    retryable: t.exposeBoolean('retryable', { description: 'A new try may succeed.' }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: (failure) => new Date(failure.at) }),
  }),
})
