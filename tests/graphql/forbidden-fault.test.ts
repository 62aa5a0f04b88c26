/** No request can cause ForbiddenFault yet; its place in every union is held by running the schema alone. */
import { graphql } from 'graphql'
import { describe, expect, it } from 'vitest'
import { schema } from '../../schema/index.ts'
import type { Context } from '../../schema/context.ts'
import { ForbiddenError } from '../../server/domain/errors.ts'
import type { UserId } from '../../server/domain/ids.ts'
import type { Services } from '../../server/services/index.ts'
import { aboutNothing } from './faults/fault-case.ts'
import { listResultUnions, toDocument } from './mutations.ts'

const forbid = (): Promise<never> => Promise.reject(new ForbiddenError('This access token may not do this.'))

/** A signed-in viewer whom everything refuses. */
const contextValue: Context = {
  viewer: { id: '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e' as UserId, role: 'LEARNER', signIn: 'x' },
  services: new Proxy({}, { get: () => forbid }) as Services,
  partnerTier: async () => 'GUIDED',
  throttle: { spend: async () => undefined, forgive: async () => undefined },
  requestId: 'x',
  client: '127.0.0.1',
  cookieHeader: undefined,
  setCookie: () => undefined,
}

const withMember = listResultUnions().filter(({ faults }) => faults.includes('ForbiddenFault'))

describe.each(withMember)('$mutation', ({ mutation }) => {
  it('answers ForbiddenFault for what a service forbids', async () => {
    const variableValues = { ...aboutNothing(mutation) }
    const { data, errors } = await graphql({ schema, source: toDocument(mutation), variableValues, contextValue })
    expect(errors).toBeUndefined()
    expect(data?.[mutation]).toEqual({
      __typename: 'ForbiddenFault',
      code: 'FORBIDDEN',
      message: 'This access token may not do this.',
    })
  })
})
