/** What is remembered of sign-ins, where a request and a sign-out cross each other. */
import { expect, it } from 'vitest'
import type { DatabaseClient } from '../../db/client.ts'
import { createSignIns, type SignIns } from '../../server/auth/sign-ins.ts'
import type { UserId } from '../../server/domain/ids.ts'

const userId = '0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e' as UserId

/** Sign-ins over a database whose look-ups are answered when the test says so. */
function createWaitingSignIns(): {
  signIns: SignIns
  answerLookUp: () => void
  lookUps: () => number
  end: () => void
} {
  const waiting: (() => void)[] = []
  let lookUps = 0
  let isEnded = false
  const row = { userId, expiresAt: new Date(Date.now() + 29 * 24 * 3_600_000), role: 'LEARNER' }
  const db = {
    async readWithSystem() {
      lookUps += 1
      const rows = isEnded ? [] : [row]
      await new Promise<void>((resolve) => waiting.push(resolve))
      return rows
    },
  } as unknown as DatabaseClient
  return {
    signIns: createSignIns({ db, clock: () => new Date(0), isSecure: false }),
    answerLookUp: () => waiting.shift()?.(),
    lookUps: () => lookUps,
    end: () => void (isEnded = true),
  }
}

const cookie = { cookie: 'parley_session=abcdefghijklmnopqrstuvwxyz' }

it('asks the database once for requests that follow each other', async () => {
  const { signIns, answerLookUp, lookUps } = createWaitingSignIns()
  const first = signIns.verify(cookie)
  answerLookUp()
  expect((await first).viewer?.id).toBe(userId)
  expect((await signIns.verify(cookie)).viewer?.id).toBe(userId)
  expect(lookUps()).toBe(1)
})

it.each([userId, null])('does not remember what was looked up before %s was to be forgotten', async (dropped) => {
  const { signIns, answerLookUp, lookUps, end } = createWaitingSignIns()
  const crossing = signIns.verify(cookie)
  end()
  signIns.drop(dropped)
  answerLookUp()
  await crossing
  const after = signIns.verify(cookie)
  answerLookUp()
  expect((await after).viewer).toBeNull()
  expect(lookUps()).toBe(2)
})

it('does not remember it for a stream either', async () => {
  const { signIns, answerLookUp, end } = createWaitingSignIns()
  const viewer = { id: userId, role: 'LEARNER', signIn: 'x', scopes: null } as const
  const crossing = signIns.isCurrent(viewer)
  end()
  signIns.drop(userId)
  answerLookUp()
  await crossing
  const after = signIns.isCurrent(viewer)
  answerLookUp()
  expect(await after).toBe(false)
})
