// @vitest-environment happy-dom
/** In whose name the page of the API sends, and what it says where no answer tells. */
import { cleanup, fireEvent, render, screen } from '@testing-library/preact'
import { createClient } from 'graphql-ws'
import { useState } from 'preact/hooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiPage } from '../../../web/api/ApiPage.tsx'
import { CallerChoice } from '../../../web/api/CallerChoice.tsx'
import { createFetcher } from '../../../web/api/create-fetcher.ts'
import { type Caller, findCaller } from '../../../web/api/find-caller.ts'

const send = vi.fn<typeof fetch>()
beforeEach(() => {
  send.mockReset()
  vi.stubGlobal('fetch', send)
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const answer = (body: unknown, status = 200): Promise<Response> =>
  Promise.resolve(new Response(JSON.stringify(body), { status }))
const refusal = (code: string, message: string, status = 200): Promise<Response> =>
  answer({ data: { viewer: null }, errors: [{ message, extensions: { code } }] }, status)

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

/** What says nothing of who asks, and what the page says then. */
const unanswered: [string, () => Promise<Response>, RegExp][] = [
  ['nothing answers', () => Promise.reject(new TypeError('Failed to fetch')), /does not answer/],
  [
    'there were too many requests',
    () => refusal('RATE_LIMITED', 'Too many requests. Try again in 7 s.', 429),
    /Too many requests\. Try again in 7 s\./,
  ],
  ['something in front refuses more', () => Promise.resolve(new Response('Slow down', { status: 429 })), /Too many/],
  ['the server has a fault', () => refusal('INTERNAL', 'Something went wrong here.'), /Something went wrong here\./],
  ['the server is away', () => Promise.resolve(new Response('<h1>Bad gateway', { status: 502 })), /502/],
]

describe.each(unanswered)('where %s', (_what, respond, words) => {
  beforeEach(() => {
    send.mockImplementation(respond)
  })

  it('a token is not called unknown', async () => {
    render(<Choice first={{ token: null, email: 'ana@example.org' }} />)
    fireEvent.click(screen.getByRole('button', { name: 'Use a token' }))
    fireEvent.input(screen.getByLabelText('Access token'), { target: { value: 'parley_x' } })
    fireEvent.click(screen.getByRole('button', { name: 'Use it' }))
    expect(await screen.findByText(words)).toBeTruthy()
    expect(screen.queryByText(/No account has this token/)).toBeNull()
  })

  it('a token is dropped all the same, and nobody called signed out', async () => {
    render(<Choice first={{ token: 'parley_x', email: 'ana@example.org' }} />)
    fireEvent.click(screen.getByRole('button', { name: 'Drop the token' }))
    expect(await screen.findByText('As whoever is signed in here')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Use a token' })).toBeTruthy()
  })

  it('the page says so, and not that the installation keeps its schema to itself', async () => {
    render(<ApiPage />)
    expect((await screen.findByRole('alert')).textContent).toMatch(words)
    expect(screen.queryByText(/answers no introspection/)).toBeNull()
  })
})

it('says of a token that no account has it only where that was the answer', async () => {
  send.mockImplementation(() => answer({ data: { viewer: null } }))
  expect(await findCaller('parley_x')).toBeNull()
  send.mockImplementation(() => refusal('FORBIDDEN', 'You may not do this.'))
  expect(await findCaller('parley_x')).toEqual({ token: 'parley_x', email: null })
})

function Choice({ first }: { first: Caller }) {
  const [caller, setCaller] = useState(first)
  return <CallerChoice caller={caller} onChange={setCaller} />
}
