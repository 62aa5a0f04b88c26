/** The client package's answers to result unions: one thing to do for every fault that the schema knows. */
import { describe, expect, it } from 'vitest'
import { type Advice, adviseOn, type Fault, FaultError, isFault, orThrow } from '../../client/faults.ts'
import type { FaultPartsFragment } from '../../client/gql/documents.ts'
import { possibleTypes } from '../../client/gql/possible-types.ts'

type Name = FaultPartsFragment['__typename']
type Given<N extends Name> = Omit<Extract<FaultPartsFragment, { __typename: N }>, '__typename' | 'message'>

const message = 'What happened, and what to do.'
const retryable = (isRetryable: boolean): Advice => (isRetryable ? { todo: 'retry', afterMs: null } : { todo: 'show' })

const cases: { [N in Name]: [Given<N>, Advice][] } = {
  UnauthenticatedFault: [[{ code: 'UNAUTHENTICATED' }, { todo: 'sign-in' }]],
  ForbiddenFault: [[{ code: 'FORBIDDEN' }, { todo: 'get-access', required: null }]],
  EntitlementFault: [
    [
      { code: 'ENTITLEMENT_REQUIRED', required: 'PRO' },
      { todo: 'get-access', required: 'PRO' },
    ],
  ],
  InvalidInputFault: [
    [
      {
        code: 'INVALID_INPUT',
        issues: [
          { __typename: 'InputIssue', path: ['input', 'name'], message: 'Too long' },
          { __typename: 'InputIssue', path: [], message: 'Too much' },
        ],
      },
      { todo: 'correct', fields: { name: 'Too long', '': 'Too much' } },
    ],
  ],
  RateLimitedFault: [
    [
      { code: 'RATE_LIMITED', retryAfterSeconds: 4 },
      { todo: 'retry', afterMs: 4_000 },
    ],
  ],
  LimitFault: [
    [
      { code: 'LIMIT_EXCEEDED', limit: 5, used: 5, resetsAt: '2026-02-01T00:00:00.000Z' },
      { todo: 'wait', until: new Date('2026-02-01T00:00:00.000Z') },
    ],
    [
      { code: 'LIMIT_EXCEEDED', limit: 5, used: 5, resetsAt: null },
      { todo: 'wait', until: null },
    ],
  ],
  ProviderFault: [true, false].map((isRetryable) => [
    { code: 'PROVIDER_UNAVAILABLE', retryable: isRetryable },
    retryable(isRetryable),
  ]),
  StorageFault: [true, false].map((isRetryable) => [
    { code: 'STORAGE_UNAVAILABLE', retryable: isRetryable },
    retryable(isRetryable),
  ]),
  NotFoundFault: [[{ code: 'NOT_FOUND' }, { todo: 'refetch' }]],
  ConflictFault: [[{ code: 'CONFLICT' }, { todo: 'refetch' }]],
  SessionNotActiveFault: [[{ code: 'SESSION_NOT_ACTIVE', status: 'ENDED' }, { todo: 'refetch' }]],
  UploadMismatchFault: [[{ code: 'UPLOAD_MISMATCH', expected: 'a', actual: 'b' }, { todo: 'upload-again' }]],
  ConfirmationFault: [
    [
      { code: 'CONFIRMATION_REQUIRED', confirm: 'publish with sound' },
      { todo: 'confirm', phrase: 'publish with sound' },
    ],
  ],
}
const listed = Object.entries(cases).flatMap(([__typename, pairs]) =>
  pairs.map(([given, advice]) => ({ fault: { __typename, message, ...given } as Fault, advice })),
)

describe('a fault', () => {
  it.each(listed)('of $fault.__typename is told from an answer, and says: $advice.todo', ({ fault, advice }) => {
    expect(isFault(fault)).toBe(true)
    expect(adviseOn(fault)).toEqual(advice)
  })

  it('of every kind in the schema has a case here', () => {
    expect(Object.keys(cases).toSorted()).toEqual(possibleTypes['Fault'])
  })

  it('asked for without its details still has something to do', () => {
    const bare = listed.map(({ fault: { __typename, code } }) => adviseOn({ __typename, code, message }))
    expect(bare.map(({ todo }) => todo)).not.toContain(undefined)
    expect(adviseOn({ __typename: 'RateLimitedFault', code: 'RATE_LIMITED', message })).toEqual(retryable(true))
  })

  it('that this version does not know is a fault all the same, and shown', () => {
    const fault = { __typename: 'NewFault', code: 'NEW', message }
    expect(isFault(fault)).toBe(true)
    expect(adviseOn(fault as unknown as Fault)).toEqual({ todo: 'show' })
  })
})

describe('orThrow', () => {
  const done = { __typename: 'SignInPayload' as const, viewer: { id: 'v' } }

  it('gives what was done', () => {
    expect(orThrow(done)).toBe(done)
  })

  it('throws a fault with all that it says, and the want of an answer', () => {
    const fault = { __typename: 'ConflictFault', code: 'CONFLICT', message } as const
    expect(() => orThrow(fault)).toThrow(FaultError)
    expect(() => orThrow(fault)).toThrow(expect.objectContaining({ message, fault }))
    expect(() => orThrow(undefined)).toThrow('The answer was empty')
  })
})
