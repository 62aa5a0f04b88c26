import { describe, expect, it } from 'vitest'
import type { FaultPartsFragment } from '../../../web/gql/documents.ts'
import { describeFault, isFault } from '../../../web/graphql/faults.ts'

const message = (fault: FaultPartsFragment): string => describeFault(fault).message

describe('a fault in words', () => {
  it('says when to try again', () => {
    const limited = (retryAfterSeconds: number): FaultPartsFragment => ({
      __typename: 'RateLimitedFault',
      code: 'RATE_LIMITED',
      message: 'x',
      retryAfterSeconds,
    })
    expect(message(limited(20))).toContain('in 20 seconds')
    expect(message(limited(60))).toContain('in a minute')
    expect(message(limited(61))).toContain('in 2 minutes')
  })

  it('tells what passes by from what does not', () => {
    const provider = (retryable: boolean): FaultPartsFragment => ({
      __typename: 'ProviderFault',
      code: 'PROVIDER_UNAVAILABLE',
      message: 'x',
      retryable,
    })
    expect(message(provider(true))).toContain('Try again')
    expect(message(provider(false))).toContain('administrator')
  })

  it('points to the fields that the server names', () => {
    const fault: FaultPartsFragment = {
      __typename: 'InvalidInputFault',
      code: 'INVALID_INPUT',
      message: 'x',
      issues: [{ __typename: 'InputIssue', path: ['input', 'email'], message: 'Not an address' }],
    }
    expect(describeFault(fault).fields).toEqual({ email: 'Not an address' })
  })

  it('is told from an answer, also where it is of a kind that this page does not know', () => {
    expect(isFault({ __typename: 'SignInPayload' })).toBe(false)
    const unknown = { __typename: 'NewFault', code: 'NEW', message: 'Something new' }
    expect(isFault(unknown)).toBe(true)
    expect(message(unknown as unknown as FaultPartsFragment)).toBe('Something new')
  })
})
