/** A sign-in that ends, ends on every node at once, although each remembers it for a while. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createTestClock } from './a-session.ts'
import { mutate } from './mutations.ts'

// A clock that stands still: what a node remembers is forgotten because it is told to, or never.
const { clock } = createTestClock()
let installation: TestInstallation
let otherUrl: string

beforeAll(async () => {
  installation = await startTestInstallation({ over: { clock } })
  otherUrl = (await installation.startNode()).url
})
afterAll(() => installation.close())

const password = 'a good password'

/** The same browser on the other node. */
function elsewhere(client: GraphqlClient): GraphqlClient {
  const other = new GraphqlClient(otherUrl)
  other.cookie = client.cookie
  return other
}

async function isSignedIn(client: GraphqlClient): Promise<boolean> {
  // A copy: the answer to a cookie that is no good clears it.
  const copy = new GraphqlClient(client.url)
  copy.cookie = client.cookie
  return (await copy.ask(`{ viewer { id } }`)).viewer !== null
}

it('signs out on the node that is asked, before it answers', async () => {
  const client = await signUpClient(installation.url)
  const { cookie } = client
  expect(await isSignedIn(client)).toBe(true)
  await client.ask(`mutation { signOut }`)
  client.cookie = cookie
  expect(await isSignedIn(client)).toBe(false)
})

it('signs out on a node that remembers the sign-in', async () => {
  const client = await signUpClient(installation.url)
  const other = elsewhere(client)
  expect(await isSignedIn(other)).toBe(true)
  await client.ask(`mutation { signOut }`)
  await expect.poll(() => isSignedIn(other)).toBe(false)
})

it('leaves other devices signed in', async () => {
  const [one, two] = await twoDevices()
  await one.ask(`mutation { signOut }`)
  expect(await isSignedIn(two)).toBe(true)
})

it('ends the streams that were opened with the sign-in, on another node too', async () => {
  const [one, two] = await twoDevices()
  const ended = [await openStream(one, otherUrl), await openStream(one, installation.url)]
  const staying = await openStream(two, otherUrl)
  await one.ask(`mutation { signOut }`)
  await Promise.all(ended.map((stream) => stream.completed))
  expect(staying.isCompleted()).toBe(false)
  await staying.close()
})

it('a changed password signs every other device out, but not this one', async () => {
  const [here, there] = await twoDevices()
  const farAway = elsewhere(there)
  expect([await isSignedIn(here), await isSignedIn(there), await isSignedIn(farAway)]).toEqual([true, true, true])
  const stream = await openStream(there, otherUrl)
  const changed = await mutate(here, 'changePassword', {
    input: { currentPassword: password, newPassword: 'a better password' },
  })
  expect(changed.__typename).toBe('ChangePasswordPayload')
  expect([await isSignedIn(here), await isSignedIn(there)]).toEqual([true, false])
  await expect.poll(() => isSignedIn(farAway)).toBe(false)
  await stream.completed
  const { email } = changed.viewer
  const fresh = new GraphqlClient(installation.url)
  expect(await mutate(fresh, 'signIn', { input: { email, password } })).toMatchObject({
    __typename: 'UnauthenticatedFault',
  })
  expect(await mutate(fresh, 'signIn', { input: { email, password: 'a better password' } })).toMatchObject({
    __typename: 'SignInPayload',
  })
})

it.each([
  ['is too short', 'short'],
  ['is too long', 'a'.repeat(201)],
])('keeps the password when the new one %s', async (_why, newPassword) => {
  const client = await signUpClient(installation.url)
  const answer = await mutate(client, 'changePassword', { input: { currentPassword: password, newPassword } })
  expect(answer).toMatchObject({ __typename: 'InvalidInputFault', issues: [{ path: ['newPassword'] }] })
  const { email } = (await client.ask(`{ viewer { email } }`)).viewer
  expect(await mutate(new GraphqlClient(installation.url), 'signIn', { input: { email, password } })).toMatchObject({
    __typename: 'SignInPayload',
  })
})

/** One account, signed in twice. */
async function twoDevices(): Promise<[GraphqlClient, GraphqlClient]> {
  const one = await signUpClient(installation.url)
  const { email } = (await one.ask(`{ viewer { email } }`)).viewer
  const two = new GraphqlClient(installation.url)
  await mutate(two, 'signIn', { input: { email, password } })
  return [one, two]
}

interface Stream {
  completed: Promise<void>
  isCompleted(): boolean
  close(): Promise<void>
}

/** Follows the history; resolves once that has begun. */
async function openStream(client: GraphqlClient, url: string): Promise<Stream> {
  const socket = client.openSocket(url)
  let isCompleted = false
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const completed = new Promise<void>((resolve, reject) => {
    socket.subscribe(
      { query: `subscription { historyUpdated { kind } }` },
      {
        next: () => begin(),
        error: (error) => reject(error instanceof Error ? error : new Error(JSON.stringify(error))),
        complete: () => {
          isCompleted = true
          resolve()
        },
      },
    )
  })
  await begun
  return { completed, isCompleted: () => isCompleted, close: async () => socket.dispose() }
}
