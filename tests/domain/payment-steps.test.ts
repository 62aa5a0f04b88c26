import { describe, expect, it } from 'vitest'
import { entitlements } from '../../server/domain/entitlement.ts'
import { paymentMoves, rankOf, toPaymentSteps } from '../../server/domain/payment-steps.ts'

const cases = entitlements.flatMap((current) =>
  entitlements.flatMap((before) => entitlements.map((now) => ({ current, before, now }))),
)

describe('document 004, User Entity, state transitions', () => {
  it('LOCKED to BASIC after a successful payment', () => {
    expect(toPaymentSteps('LOCKED', { before: 'LOCKED', now: 'BASIC' })).toEqual(['BASIC'])
  })

  it('BASIC to PRO after an upgrade payment', () => {
    expect(toPaymentSteps('BASIC', { before: 'BASIC', now: 'PRO' })).toEqual(['PRO'])
  })

  it.each(['BASIC', 'PRO'] as const)('any level to LOCKED after a cancellation: %s', (level) => {
    expect(toPaymentSteps(level, { before: level, now: 'LOCKED' })).toEqual(['LOCKED'])
  })

  it.each(cases)('no payment makes another move: $current, paid $before then $now', ({ current, before, now }) => {
    const steps = toPaymentSteps(current, { before, now })
    const moves = steps.map((to, index) => ({ from: steps[index - 1] ?? current, to }))
    for (const move of moves) expect(paymentMoves).toContainEqual(expect.objectContaining(move))
  })
})

describe('what an administrator set', () => {
  it.each(cases.filter(({ before, now }) => before === now))('stays when $before is paid anew: $current', (given) => {
    expect(toPaymentSteps(given.current, given)).toEqual([])
  })

  it.each(cases.filter(({ before, now }) => rankOf(now) > rankOf(before)))(
    'is never less after more is paid: $current, paid $before then $now',
    (given) => {
      const last = toPaymentSteps(given.current, given).at(-1) ?? given.current
      expect(rankOf(last)).toBe(Math.max(rankOf(given.current), rankOf(given.now)))
    },
  )
})
