/** Signing in and up: what is told of an account, and how often one may try. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { lookUp } from './a-session.ts'
import { mutate, toDocument } from './mutations.ts'

const plenty = { tries: 1_000, perSeconds: 60 }
let installation: TestInstallation

beforeAll(async () => {
  const allowances = { account: { tries: 3, perSeconds: 60 }, client: plenty, mutation: plenty }
  installation = await startTestInstallation({ over: { allowances } })
})
afterAll(() => installation.close())

const password = 'a good password'

async function account(): Promise<string> {
  const { viewer } = await (await signUpClient(installation.url)).ask(`{ viewer { email } }`)
  return viewer.email
}

// oxlint-disable-next-line typescript/no-explicit-any
function signIn(email: string, given = password, client = new GraphqlClient(installation.url)): Promise<any> {
  return mutate(client, 'signIn', { input: { email, password: given } })
}

describe('an unknown address and a wrong password', () => {
  it('get the same answer, to the letter and in every header', async () => {
    const email = await account()
    const ask = (input: object) => new GraphqlClient(installation.url).send(toDocument('signIn'), { input })
    const [wrong, unknown] = [
      await ask({ email, password: 'a wrong password' }),
      await ask({ email: 'nobody@example.org', password }),
    ]
    expect(wrong.data).toEqual(unknown.data)
    expect(wrong.data.signIn).toMatchObject({
      __typename: 'UnauthenticatedFault',
      message: 'The address or the password is wrong.',
    })
    const stable = (headers: Headers) => [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date')
    expect(stable(wrong.headers)).toEqual(stable(unknown.headers))
  })

  it('are counted alike: both are held back after as many tries', async () => {
    const email = await account()
    for (const address of [email, 'unknown@example.org']) {
      const answers = [
        await signIn(address, 'one'),
        await signIn(address, 'two'),
        await signIn(address, 'three'),
        await signIn(address, 'four'),
      ]
      expect(answers.map((answer) => answer.__typename)).toEqual([
        'UnauthenticatedFault',
        'UnauthenticatedFault',
        'UnauthenticatedFault',
        'RateLimitedFault',
      ])
    }
  })
})

it('signs in whatever the case of the address, and notes when', async () => {
  const email = await account()
  const before = await lookUp(installation, 'select last_login_at from users where email = $1', [email])
  const client = new GraphqlClient(installation.url)
  expect(await signIn(`  ${email.toUpperCase()} `, password, client)).toMatchObject({
    __typename: 'SignInPayload',
    viewer: { email },
  })
  expect((await client.ask(`{ viewer { email } }`)).viewer).toEqual({ email })
  const after = await lookUp(installation, 'select last_login_at from users where email = $1', [email])
  expect(after[0].last_login_at.getTime()).toBeGreaterThan(before[0].last_login_at.getTime())
})

it('holds back the right password too, once there were too many tries, and says for how long', async () => {
  const email = await account()
  for (const guess of ['one', 'two', 'three']) await signIn(email, guess)
  const held = await signIn(email)
  expect(held).toMatchObject({ __typename: 'RateLimitedFault', code: 'RATE_LIMITED' })
  expect(held.retryAfterSeconds).toSatisfy((seconds: number) => seconds > 50 && seconds <= 60)
})

it('holds back one account, not its neighbours', async () => {
  const [tried, other] = [await account(), await account()]
  for (const guess of ['one', 'two', 'three', 'four']) await signIn(tried, guess)
  expect(await signIn(other)).toMatchObject({ __typename: 'SignInPayload' })
})

it('forgives the tries before a success', async () => {
  const email = await account()
  for (const _round of [1, 2, 3]) {
    for (const guess of ['one', 'two']) await signIn(email, guess)
    expect(await signIn(email)).toMatchObject({ __typename: 'SignInPayload' })
  }
})

it('counts tries of a password change for the account too', async () => {
  const client = await signUpClient(installation.url)
  const change = (currentPassword: string) =>
    mutate(client, 'changePassword', { input: { currentPassword, newPassword: 'another good password' } })
  const answers = [await change('one'), await change('two'), await change('three'), await change(password)]
  expect(answers.map((answer) => answer.__typename)).toEqual([
    'InvalidInputFault',
    'InvalidInputFault',
    'InvalidInputFault',
    'RateLimitedFault',
  ])
})

it('holds back one network address over all accounts, sign-ups and sign-ins together', async () => {
  const allowances = { account: plenty, client: { tries: 3, perSeconds: 60 }, mutation: plenty }
  const node = await installation.startNode({ allowances })
  const client = new GraphqlClient(node.url)
  const answers = [
    await mutate(client, 'signUp', { input: { email: 'one@example.org', password } }),
    await signIn('two@example.org', password, client),
    await signIn('three@example.org', password, client),
    await signIn('four@example.org', password, client),
    await mutate(client, 'signUp', { input: { email: 'five@example.org', password } }),
  ]
  expect(answers.map((answer) => answer.__typename)).toEqual([
    'SignUpPayload',
    'UnauthenticatedFault',
    'UnauthenticatedFault',
    'RateLimitedFault',
    'RateLimitedFault',
  ])
})

it.each([
  ['an address with a null character', { email: 'a\0b@example.org', password }],
  ['a password with a null character', { email: 'nobody@example.org', password: 'a\0b' }],
  ['an address that is no address', { email: '', password }],
  ['an address as long as a book', { email: `${'a'.repeat(100_000)}@example.org`, password }],
])('answers %s like any other that is wrong', async (_what, input) => {
  expect(await signIn(input.email, input.password)).toMatchObject({ __typename: 'UnauthenticatedFault' })
})

describe('the first account of an installation beyond loopback', () => {
  it('takes the code printed at the start, and no other account does', async () => {
    const remote = await startTestInstallation({ over: { setupCode: 'correct-horse' } })
    try {
      const client = new GraphqlClient(remote.url)
      const rules = async () => (await client.ask(`{ installation { hasAccounts requiresSetupCode } }`)).installation
      expect(await rules()).toEqual({ hasAccounts: false, requiresSetupCode: true })
      for (const setupCode of [undefined, '', 'wrong']) {
        const answer = await mutate(client, 'signUp', { input: { email: 'boss@example.org', password, setupCode } })
        expect(answer).toMatchObject({ __typename: 'InvalidInputFault', issues: [{ path: ['setupCode'] }] })
      }
      expect(await rules()).toEqual({ hasAccounts: false, requiresSetupCode: true })
      const first = await mutate(client, 'signUp', {
        input: { email: 'boss@example.org', password, setupCode: ' correct-horse ' },
      })
      expect(first).toMatchObject({ viewer: { role: 'ADMIN' } })
      expect(await rules()).toEqual({ hasAccounts: true, requiresSetupCode: false })
      const second = await mutate(new GraphqlClient(remote.url), 'signUp', {
        input: { email: 'second@example.org', password },
      })
      expect(second).toMatchObject({ viewer: { role: 'LEARNER' } })
    } finally {
      await remote.close()
    }
  })
})
