/** Each fault of each mutation is brought about; one that a union gains without a case here fails the last test. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessTokens } from './faults/access-tokens.ts'
import { accounts } from './faults/accounts.ts'
import { contentPacks } from './faults/content-packs.ts'
import { drills } from './faults/drills.ts'
import { evaluations } from './faults/evaluations.ts'
import { everyMutation } from './faults/every-mutation.ts'
import { World } from './faults/fault-case.ts'
import { learnerTexts } from './faults/learner-texts.ts'
import { plans } from './faults/plans.ts'
import { recordings } from './faults/recordings.ts'
import { retries } from './faults/retries.ts'
import { exports } from './faults/exports.ts'
import { publishing } from './faults/publishing.ts'
import { sessions } from './faults/sessions.ts'
import { listResultUnions } from './mutations.ts'

const cases = [
  ...everyMutation,
  ...accounts,
  ...sessions,
  ...recordings,
  ...retries,
  ...learnerTexts,
  ...evaluations,
  ...contentPacks,
  ...drills,
  ...plans,
  ...accessTokens,
  ...publishing,
  ...exports,
]

const codes: Record<string, string> = {
  UnauthenticatedFault: 'UNAUTHENTICATED',
  ForbiddenFault: 'FORBIDDEN',
  RateLimitedFault: 'RATE_LIMITED',
  NotFoundFault: 'NOT_FOUND',
  InvalidInputFault: 'INVALID_INPUT',
  ConflictFault: 'CONFLICT',
  EntitlementFault: 'ENTITLEMENT_REQUIRED',
  LimitFault: 'LIMIT_EXCEEDED',
  SessionNotActiveFault: 'SESSION_NOT_ACTIVE',
  ProviderFault: 'PROVIDER_UNAVAILABLE',
  UploadMismatchFault: 'UPLOAD_MISMATCH',
  StorageFault: 'STORAGE_UNAVAILABLE',
  ConfirmationFault: 'CONFIRMATION_REQUIRED',
}

let world: World
beforeAll(() => {
  world = new World()
})
afterAll(() => world.close())

describe.each(cases.map((one) => ({ ...one, name: `${one.mutation} answers ${one.fault} when ${one.when}` })))(
  '$name',
  (one) => {
    it('in its result, with its code and words for a person', async () => {
      const answer = await one.cause(world)
      expect(answer).toMatchObject({
        __typename: one.fault,
        code: codes[one.fault],
        message: expect.stringMatching(/^[A-Z].*\.$/),
        ...one.says,
      })
      if (one.fault === 'RateLimitedFault')
        expect(answer.retryAfterSeconds).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 60)
    })
  },
)

it('every fault of every union of the printed schema has a case, and every case a place in a union', () => {
  const named = listResultUnions().flatMap(({ mutation, faults }) => faults.map((fault) => `${mutation} ${fault}`))
  expect([...new Set(cases.map((one) => `${one.mutation} ${one.fault}`))].sort()).toEqual(named.sort())
})
