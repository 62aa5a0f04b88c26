/** The client package's connection and cache against an installation, without React. */
import { firstValueFrom } from 'rxjs'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import WebSocket from 'ws'
import { connectParley, type ParleyConnection } from '../../client/connect.ts'
import {
  HistoryDocument,
  type HistoryFilter,
  HistoryUpdatedDocument,
  type HistoryUpdatedSubscription,
  TopicsDocument,
  ViewerDocument,
} from '../../client/gql/documents.ts'
import { createProgram } from '../graphql/an-access-token.ts'
import { type GraphqlClient, signUpClient, startConversation } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'

let installation: TestInstallation
beforeAll(async () => {
  installation = await startTestInstallation()
})
afterAll(() => installation.close())

let parley: ParleyConnection
afterEach(() => {
  parley.close()
  vi.unstubAllGlobals()
})

const signUp = async () => {
  const learner = await signUpClient(installation.url)
  return { learner, token: (await createProgram(learner)).value }
}

/** The WebSocket of a browser: it sends the cookie by itself. */
const toBrowserSocket = ({ cookie, url }: GraphqlClient) =>
  class BrowserSocket extends WebSocket {
    constructor(address: string, protocols: string | string[]) {
      super(address, protocols, { headers: { origin: url, cookie: cookie ?? '' } })
    }
  }

describe('a connection', () => {
  it('with a token that changes is somebody else from then on: queries, cache and subscriptions', async () => {
    const [first, second] = [await signUp(), await signUp()]
    let token = first.token
    parley = connectParley({ url: `${installation.url}/`, token: () => token })
    const updates = follow(parley)
    await updates.until(({ kind }) => kind === 'READY')
    const before = await parley.client.query({ query: ViewerDocument })

    token = second.token
    await parley.changeIdentity()
    await updates.until(({ kind }) => kind === 'READY')
    const after = await parley.client.query({ query: ViewerDocument })
    expect(after.data?.viewer?.id).not.toBe(before.data?.viewer?.id)
    expect(JSON.stringify(parley.client.extract())).not.toContain(before.data?.viewer?.email)

    await startConversation(first.learner)
    const { session } = await startConversation(second.learner)
    await updates.until(({ kind }) => kind === 'CHANGED')
    expect(updates.received.map(({ session: one }) => one?.id)).toEqual([undefined, undefined, session.id])
  })

  it('without a token is nobody here', async () => {
    parley = connectParley({ url: installation.url, token: () => null })
    const { data } = await parley.client.query({ query: ViewerDocument })
    expect(data).toMatchObject({ viewer: null, partnerTier: expect.any(String) })
  })

  it('without a token is nobody on the WebSocket too, where the browser sends the cookie of whoever is signed in', async () => {
    const { learner } = await signUp()
    vi.stubGlobal('WebSocket', toBrowserSocket(learner))
    parley = connectParley({ url: installation.url, token: () => null })
    const followed = firstValueFrom(parley.client.subscribe({ query: HistoryUpdatedDocument }))
    expect(await followed).toMatchObject({ error: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } })
  })

  it('that is told of no token follows as whoever the cookie says', async () => {
    const { learner } = await signUp()
    vi.stubGlobal('WebSocket', toBrowserSocket(learner))
    parley = connectParley({ url: installation.url })
    await follow(parley).until(({ kind }) => kind === 'READY')
  })

  it('says whether live updates come through', async () => {
    const { token } = await signUp()
    parley = connectParley({ url: installation.url, token })
    const states: string[] = []
    const isIdle = new Promise<void>((resolve) => {
      parley.socketStatus.subscribe(() => {
        states.push(parley.socketStatus.get())
        if (parley.socketStatus.get() === 'idle') resolve()
      })
    })
    const updates = follow(parley)
    await updates.until(({ kind }) => kind === 'READY')
    parley.close()
    await isIdle
    expect(states).toEqual(['connected', 'idle'])
  })
})

describe('the cache', () => {
  it('joins the pages of a list, and keeps apart what was asked for by another filter', async () => {
    const { learner, token } = await signUp()
    for (let count = 0; count < 3; count += 1) await startConversation(learner)
    parley = connectParley({ url: installation.url, token })
    const { client } = parley
    const running: HistoryFilter = { statuses: ['ACTIVE'] }
    const ended: HistoryFilter = { statuses: ['ENDED'] }
    const ask = async (filter: HistoryFilter, after?: string) => {
      const variables = { first: 2, filter, ...(after && { after }) }
      const { data } = await client.query({ query: HistoryDocument, variables, fetchPolicy: 'network-only' })
      return data?.viewer?.history.pageInfo.endCursor ?? ''
    }
    await ask(running, await ask(running))
    await ask(ended)
    const readCached = (filter: HistoryFilter) =>
      client.cache.readQuery({ query: HistoryDocument, variables: { first: 2, filter } })?.viewer?.history.edges
    expect(new Set(readCached(running)?.map(({ node }) => node.id)).size).toBe(3)
    expect(readCached(ended)).toEqual([])
  })

  it('begins a list anew when it is asked for from its start', async () => {
    parley = connectParley({ url: installation.url, token: () => null })
    const ask = (first: number, after?: string | null) =>
      parley.client.query({
        query: TopicsDocument,
        variables: { first, ...(after && { after }) },
        fetchPolicy: 'network-only',
      })
    const { data } = await ask(2)
    await ask(2, data?.topics.pageInfo.endCursor)
    const readCached = () => parley.client.cache.readQuery({ query: TopicsDocument, variables: { first: 2 } })
    expect(readCached()?.topics.edges).toHaveLength(4)
    await ask(3)
    expect(readCached()?.topics.edges).toHaveLength(3)
  })
})

type Update = HistoryUpdatedSubscription['historyUpdated']

/** What the subscription tells; `until` waits for the next that is wanted, after those that were waited for before. */
function follow({ client }: ParleyConnection) {
  const received: Update[] = []
  let [seen, look] = [0, (): void => undefined]
  client.subscribe({ query: HistoryUpdatedDocument }).subscribe(({ data }) => {
    if (data) received.push(data.historyUpdated)
    look()
  })
  return {
    received,
    until: (isWanted: (update: Update) => boolean): Promise<void> =>
      new Promise((resolve) => {
        look = () => {
          const found = received.slice(seen).findIndex(isWanted)
          if (found < 0) return
          seen += found + 1
          resolve()
        }
        look()
      }),
  }
}
