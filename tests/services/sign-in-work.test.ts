/** Signing in to an account that is not there costs what a wrong password costs: both verify a hash, counted here. */
import type * as Argon2 from '@node-rs/argon2'
import { verify } from '@node-rs/argon2'
import { beforeEach, expect, it, vi } from 'vitest'
import type { DatabaseClient } from '../../db/client.ts'
import { createPasswords, type Passwords } from '../../server/auth/passwords.ts'
import { createThrottles, toAllowances } from '../../server/auth/throttle.ts'
import { parseConfig } from '../../server/config.ts'
import type { SignIns } from '../../server/auth/sign-ins.ts'
import { signIn } from '../../server/services/sign-in.ts'

vi.mock('@node-rs/argon2', async (load) => {
  const real = await load<typeof Argon2>()
  return { ...real, verify: vi.fn(real.verify) }
})

let verified: { hash: string | null; password: string }[]
let passwords: Passwords
beforeEach(async () => {
  const real = await createPasswords()
  verified = []
  passwords = {
    hash: (password) => real.hash(password),
    verify: (hash, password) => {
      verified.push({ hash, password })
      return real.verify(hash, password)
    },
  }
})

it.each([
  ['an unknown address', null],
  ['a known address', 'a hash'],
])('verifies once for %s with a wrong password', async (_which, known) => {
  const passwordHash = known === null ? null : await passwords.hash('the right password')
  const db = {
    withSystem: async () => (passwordHash === null ? null : { id: 'x', passwordHash }),
  } as unknown as DatabaseClient
  const deps = {
    db,
    clock: () => new Date(),
    passwords,
    signIns: {} as SignIns,
    throttles: createThrottles(toAllowances(parseConfig({}).api)),
  }
  await expect(signIn(deps, '127.0.0.1', { email: 'a@example.org', password: 'wrong' })).rejects.toThrow(
    'The address or the password is wrong.',
  )
  expect(verified).toEqual([{ hash: passwordHash, password: 'wrong' }])
})

it('runs argon2id for nobody as for somebody, with the same costs', async () => {
  const hash = await passwords.hash('a good password')
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect([await passwords.verify(hash, 'a good password'), await passwords.verify(hash, 'another')]).toEqual([
    true,
    false,
  ])
  vi.mocked(verify).mockClear()
  await passwords.verify(null, 'a guess')
  expect(vi.mocked(verify).mock.calls).toEqual([
    [expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), 'a guess'],
  ])
  // Even the words that the stand-in was made of open no account.
  expect(await passwords.verify(null, 'nobody has this password')).toBe(false)
})
