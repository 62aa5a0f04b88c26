/** A new password by a link that an administrator hands over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createTestClock, lookUp } from './a-session.ts'
import { viewerIdOf } from './a-payer.ts'
import { mutate } from './mutations.ts'

const time = createTestClock()
const plenty = { tries: 10_000, perSeconds: 60 }
const newPassword = 'a password made anew'
const hourMs = 3_600_000
let installation: TestInstallation
let administrator: GraphqlClient

beforeAll(async () => {
  const allowances = { account: plenty, client: plenty, mutation: plenty }
  installation = await startTestInstallation({ over: { clock: time.clock, allowances } })
  administrator = await signUpClient(installation.url)
})
afterAll(() => installation.close())

async function learner(): Promise<{ client: GraphqlClient; email: string; userId: string }> {
  const client = await signUpClient(installation.url)
  const { viewer } = await client.ask(`{ viewer { email } }`)
  return { client, email: viewer.email, userId: `User_${await viewerIdOf(client)}` }
}

async function linkFor(userId: string): Promise<string> {
  const { url } = await mutate(administrator, 'resetUserPassword', { userId })
  expect(url).toMatch(new RegExp(`^${installation.url}/reset-password#[\\w-]{43}$`))
  return url.split('#')[1]
}

// oxlint-disable-next-line typescript/no-explicit-any
const redeem = (token: string, password = newPassword): Promise<any> =>
  mutate(new GraphqlClient(installation.url), 'redeemPasswordReset', { input: { token, newPassword: password } })

// oxlint-disable-next-line typescript/no-explicit-any
const signIn = (email: string, password: string): Promise<any> =>
  mutate(new GraphqlClient(installation.url), 'signIn', { input: { email, password } })

describe('a link to a new password', () => {
  it('sets it, ends every sign-in, and leaves the old one good for nothing', async () => {
    const { client, email, userId } = await learner()
    const token = await linkFor(userId)
    expect((await client.ask(`{ viewer { email } }`)).viewer).toEqual({ email })
    expect(await redeem(token)).toEqual({ __typename: 'RedeemPasswordResetPayload', email })
    expect((await client.ask(`{ viewer { email } }`)).viewer).toBeNull()
    expect(await signIn(email, 'a good password')).toMatchObject({ __typename: 'UnauthenticatedFault' })
    expect(await signIn(email, newPassword)).toMatchObject({ __typename: 'SignInPayload' })
  })

  it('is good once, whoever else has it', async () => {
    const { userId } = await learner()
    const token = await linkFor(userId)
    const answers = await Promise.all([redeem(token), redeem(token), redeem(token)])
    expect(answers.map((answer) => answer.__typename).toSorted()).toEqual([
      'NotFoundFault',
      'NotFoundFault',
      'RedeemPasswordResetPayload',
    ])
    expect(await redeem(token)).toMatchObject({
      __typename: 'NotFoundFault',
      message: 'This link is good for nothing any more. Ask an administrator for a new one.',
    })
  })

  it('is good for a day', async () => {
    const { userId } = await learner()
    const { expiresAt } = await mutate(administrator, 'resetUserPassword', { userId })
    expect(new Date(expiresAt).getTime() - time.clock().getTime()).toBe(24 * hourMs)
    const token = await linkFor(userId)
    time.advance(24 * hourMs)
    expect(await redeem(token)).toMatchObject({ __typename: 'NotFoundFault' })
  })

  it('is void once there is a newer one', async () => {
    const { userId } = await learner()
    const [first, second] = [await linkFor(userId), await linkFor(userId)]
    expect(await redeem(first)).toMatchObject({ __typename: 'NotFoundFault' })
    expect(await redeem(second)).toMatchObject({ __typename: 'RedeemPasswordResetPayload' })
  })

  it('stays good when the password is too short', async () => {
    const { userId } = await learner()
    const token = await linkFor(userId)
    expect(await redeem(token, 'short')).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: ['newPassword'] }],
    })
    expect(await redeem(token)).toMatchObject({ __typename: 'RedeemPasswordResetPayload' })
  })

  it('stands nowhere but in the answer; that it was made and used is on record', async () => {
    const { userId } = await learner()
    const token = await linkFor(userId)
    const stored = JSON.stringify(await lookUp(installation, `select * from password_resets`))
    expect(stored).toContain(userId.split('_')[1])
    expect(stored).not.toContain(token)
    await redeem(token)
    expect(installation.logs.join('')).not.toContain(token)
    const { node } = await administrator.ask(
      `query ($id: ID!) { node(id: $id) { ... on User { events { type actorEmail } } } }`,
      { id: userId },
    )
    const { email } = (await administrator.ask(`{ viewer { email } }`)).viewer
    expect(node.events).toEqual([
      { type: 'PASSWORD_RESET_USED', actorEmail: null },
      { type: 'PASSWORD_RESET_ISSUED', actorEmail: email },
    ])
  })

  it.each(['', 'nonsense', 'A'.repeat(43), 'a\0b'])('that reads %j opens nothing', async (token) => {
    expect(await redeem(token)).toMatchObject({ __typename: 'NotFoundFault' })
  })
})
