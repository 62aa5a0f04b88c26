/** Accounts in the hands of administrators: the list, the search, what they may use, and nothing for anyone else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { planOf, viewerIdOf } from './a-payer.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let administrator: GraphqlClient
let learners: { client: GraphqlClient; email: string }[]

beforeAll(async () => {
  installation = await startTestInstallation()
  administrator = await signUpClient(installation.url)
  learners = []
  for (const name of ['Ana_1', 'Ben 50%', 'ana maria', null]) {
    const client = await signUpClient(installation.url, name)
    learners.push({ client, email: (await client.ask(`{ viewer { email } }`)).viewer.email })
  }
})
afterAll(() => installation.close())

const usersDocument = `query ($first: Int, $after: String, $search: String) {
  users(first: $first, after: $after, search: $search) {
    edges { cursor node { id email name role entitlement createdAt lastLoginAt } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`

async function emails(variables: Record<string, unknown>): Promise<string[]> {
  const { users } = await administrator.ask(usersDocument, variables)
  return users.edges.map((edge: { node: { email: string } }) => edge.node.email)
}

describe('the list of accounts', () => {
  it('has all of them, newest first, in pages without a gap', async () => {
    const own = (await administrator.ask(`{ viewer { email } }`)).viewer.email
    const all = [...learners.map(({ email }) => email).toReversed(), own]
    expect(await emails({})).toEqual(all)
    const seen: string[] = []
    let after: string | null = null
    do {
      const { users } = await administrator.ask(usersDocument, { first: 2, after })
      expect(users.pageInfo.hasPreviousPage).toBe(after !== null)
      seen.push(...users.edges.map((edge: { node: { email: string } }) => edge.node.email))
      after = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(all)
  })

  it.each([
    ['ANA', [2, 0]],
    ['50%', [1]],
    ['_1', [0]],
    ['  ben  ', [1]],
    ['%', [1]],
    ['nobody of this name', []],
    ['a\0', []],
  ])('narrowed to %j has those of this name', async (search, wanted) => {
    expect(await emails({ search })).toEqual(wanted.map((index) => learners[index]?.email))
  })

  it('narrowed to an address has its account', async () => {
    const email = learners[3]?.email ?? ''
    expect(await emails({ search: email.toUpperCase() })).toEqual([email])
  })

  it.each([
    ['a learner', 'FORBIDDEN', () => learners[0]?.client],
    ['a visitor', 'UNAUTHENTICATED', () => new GraphqlClient(installation.url)],
  ])('is not for %s', async (_who, code, client) => {
    const answer = await client()?.send(usersDocument)
    expect(answer?.data?.users).toBeUndefined()
    expect(answer?.errors?.map((error) => error.extensions.code)).toEqual([code])
  })
})

describe('what an account may use', () => {
  it('is whatever an administrator sets, at once, and on record', async () => {
    const { client, email } = learners[0] ?? { client: administrator, email: '' }
    const userId = `User_${await viewerIdOf(client)}`
    for (const entitlement of ['PRO', 'LOCKED', 'LOCKED', 'PRO', 'BASIC']) {
      expect(await mutate(administrator, 'setEntitlement', { userId, entitlement })).toMatchObject({
        __typename: 'SetEntitlementPayload',
        user: { id: userId, email, entitlement },
      })
      expect(await planOf(client)).toBe(entitlement)
    }
    const { node } = await administrator.ask(
      `query ($id: ID!) { node(id: $id) { ... on User { events { type actorEmail detail } } } }`,
      { id: userId },
    )
    const { email: actorEmail } = (await administrator.ask(`{ viewer { email } }`)).viewer
    const moves = ['PRO to BASIC', 'LOCKED to PRO', 'PRO to LOCKED', 'BASIC to PRO']
    expect(node.events).toEqual(
      moves.map((move) => {
        const [from, to] = move.split(' to ')
        return { type: 'ENTITLEMENT_SET', actorEmail, detail: { from, to } }
      }),
    )
  })

  it.each(['setEntitlement', 'resetUserPassword'])(
    '%s is for administrators, of learners’ own accounts too',
    async (mutation) => {
      const { client } = learners[1] ?? { client: administrator }
      const variables = { userId: `User_${await viewerIdOf(client)}`, entitlement: 'PRO' }
      expect(await mutate(client, mutation, variables)).toMatchObject({
        __typename: 'ForbiddenFault',
        message: 'Only administrators may do this.',
      })
      expect(await planOf(client)).toBe('BASIC')
    },
  )
})
