/** In whose name the page of the API sends. */
import { createClient } from 'graphql-ws'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFetcher } from '../../../web/api/create-fetcher.ts'
import { findCaller } from '../../../web/api/find-caller.ts'

const send = vi.fn<typeof fetch>()
beforeEach(() => {
  send.mockReset()
  vi.stubGlobal('fetch', send)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const answer = (body: unknown, status = 200): Promise<Response> =>
  Promise.resolve(new Response(JSON.stringify(body), { status }))

describe('the cookie', () => {
  const lastCredentials = () => send.mock.lastCall?.[1]?.credentials
  const socket = createClient({ url: 'ws://127.0.0.1', webSocketImpl: WebSocket })

  it.each([
    ['stays at home where there is a token: what is none would run with all that the account may', 'no-token', 'omit'],
    ['goes along where there is none', null, 'same-origin'],
  ])('%s', async (_what, token, credentials) => {
    send.mockImplementation(() => answer({ data: { viewer: null } }))
    await findCaller(token)
    expect(lastCredentials()).toBe(credentials)
    send.mockClear()
    await createFetcher(token, socket)({ query: '{ viewer { id } }' })
    expect(lastCredentials()).toBe(credentials)
  })
})
