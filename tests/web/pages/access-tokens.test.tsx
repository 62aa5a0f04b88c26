// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type * as api from '../../../web/gql/documents.ts'
import type { AccessToken } from '../../../web/hooks/use-access-tokens.ts'
import { AccessTokens } from '../../../web/pages/settings/AccessTokens.tsx'
import type { Answers } from '../support/fake-server-link.ts'
import { renderPage } from '../support/render-page.tsx'

const value = `parley_${'x'.repeat(43)}`
const now = Date.parse('2026-03-10T12:00:00Z')

beforeEach(() => {
  vi.spyOn(Date, 'now').mockReturnValue(now)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const token = (over: Partial<AccessToken> = {}): AccessToken => ({
  __typename: 'AccessToken',
  id: 'AccessToken_1',
  name: 'Charts at home',
  scopes: ['HISTORY_READ'],
  createdAt: '2026-03-01T12:00:00Z',
  lastUsedAt: null,
  expiresAt: '2026-05-30T12:00:00Z',
  ...over,
})

const listed = (tokens: AccessToken[]): api.AccessTokensQuery => ({
  viewer: {
    __typename: 'Viewer',
    id: 'Viewer:1',
    accessTokens: {
      __typename: 'AccessTokenConnection',
      edges: tokens.map((node) => ({ __typename: 'AccessTokenEdge', node })),
    },
  },
})

/** The section over a server that keeps what is created and forgets what is revoked. */
function renderTokens(tokens: AccessToken[], answers: Answers = {}) {
  const kept = [...tokens]
  return renderPage(<AccessTokens headingId="tokens" />, {
    answers: {
      AccessTokens: () => listed(kept),
      CreateAccessToken: ({ input }) => {
        const accessToken = token({ id: 'AccessToken_new', name: input.name, scopes: input.scopes })
        kept.unshift(accessToken)
        return { createAccessToken: { __typename: 'CreateAccessTokenPayload', accessToken, value } }
      },
      RevokeAccessToken: ({ id }) => {
        kept.splice(
          kept.findIndex((one) => one.id === id),
          1,
        )
        return { revokeAccessToken: { __typename: 'RevokeAccessTokenPayload', revokedId: id } }
      },
      ...answers,
    },
  })
}

const write = (label: string, text: string): void => {
  fireEvent.input(screen.getByLabelText(label), { target: { value: text } })
}
const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }))
}

describe('the list', () => {
  it('says what each token may do, when it was used, and until when it holds', async () => {
    renderTokens([
      token({ scopes: ['HISTORY_READ', 'SESSIONS_WRITE'], lastUsedAt: '2026-03-10T09:00:00Z' }),
      token({ id: 'AccessToken_2', name: 'Old', expiresAt: '2026-03-02T12:00:00Z' }),
      token({ id: 'AccessToken_3', name: 'Endless', expiresAt: null, lastUsedAt: '2026-03-03T09:00:00Z' }),
    ])
    const rows = (await screen.findAllByRole('listitem')).map((row) => row.textContent)
    expect(rows[0]).toContain('Read your sessions, recordings and feedback · Start sessions and add to them')
    expect(rows[0]).toMatch(/Last used today · holds until .*30/)
    expect(rows[1]).toMatch(/Never used · ran out on .*2/)
    expect(rows[2]).toMatch(/Last used on .*3.* · never runs out/)
  })

  it('says so when it cannot be loaded', async () => {
    renderTokens([], {
      AccessTokens: () => {
        throw new Error('down')
      },
    })
    expect((await screen.findByRole('alert')).textContent).toContain('could not be loaded')
  })
})

describe('a new token', () => {
  it('asks for what was chosen, and shows the value to be copied', async () => {
    const writeText = vi.fn(async () => undefined)
    vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: { writeText } } }))
    const { server } = renderTokens([])
    write('Name of the token', 'My script')
    fireEvent.click(screen.getByLabelText('Start sessions and add to them'))
    const expiry = screen.getByLabelText<HTMLSelectElement>('Runs out')
    expiry.value = 'never'
    // With compat loaded, `fireEvent.change` sends another event.
    fireEvent(expiry, new Event('change', { bubbles: true }))
    press('Create token')
    expect((await screen.findByLabelText<HTMLInputElement>('Value of the new token')).value).toBe(value)
    expect(server.asked.find(({ name }) => name === 'CreateAccessToken')?.variables).toEqual({
      input: {
        requestId: expect.any(String),
        name: 'My script',
        scopes: ['HISTORY_READ', 'SESSIONS_WRITE'],
        expiresInDays: null,
      },
    })
    press('Copy')
    await screen.findByText('Copied.')
    expect(writeText).toHaveBeenCalledWith(value)
    expect((await screen.findByRole('listitem')).textContent).toContain('My script')
    expect(screen.getByLabelText<HTMLInputElement>('Name of the token').value).toBe('')
  })

  it('can be copied by hand where the browser gives no clipboard', async () => {
    vi.stubGlobal('navigator', Object.create(navigator, { clipboard: { value: undefined } }))
    renderTokens([])
    write('Name of the token', 'My script')
    press('Create token')
    await screen.findByLabelText('Value of the new token')
    press('Copy')
    expect(await screen.findByText(/press Ctrl and C/)).toBeTruthy()
  })

  it('says at its field what stands in the way', async () => {
    renderTokens([], {
      CreateAccessToken: () => ({
        createAccessToken: {
          __typename: 'InvalidInputFault',
          code: 'INVALID_INPUT',
          message: 'x',
          issues: [
            { __typename: 'InputIssue', path: ['name'], message: 'Give it a name.' },
            { __typename: 'InputIssue', path: ['scopes'], message: 'Choose at least one.' },
          ],
        },
      }),
    })
    press('Create token')
    expect(await screen.findByText('Give it a name.')).toBeTruthy()
    expect(screen.getByText('Choose at least one.')).toBeTruthy()
    expect(screen.queryByLabelText('Value of the new token')).toBeNull()
  })
})

describe('revoking', () => {
  it('asks first, then takes the token from the list', async () => {
    const { server } = renderTokens([token(), token({ id: 'AccessToken_2', name: 'Other' })])
    await screen.findByText('Charts at home')
    press('Revoke Charts at home')
    expect(screen.getByText(/stop working at once/)).toBeTruthy()
    expect(server.asked.some(({ name }) => name === 'RevokeAccessToken')).toBe(false)
    press('Yes, revoke')
    await waitFor(() => expect(screen.queryByText('Charts at home')).toBeNull())
    expect(screen.getByText('Other')).toBeTruthy()
  })

  it('can be left', async () => {
    const { server } = renderTokens([token()])
    await screen.findByText('Charts at home')
    press('Revoke Charts at home')
    press('Keep it')
    expect(screen.getByRole('button', { name: 'Revoke Charts at home' })).toBeTruthy()
    expect(server.asked.some(({ name }) => name === 'RevokeAccessToken')).toBe(false)
  })
})
