// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { UserPartsFragment, UsersQuery } from '../../../web/gql/documents.ts'
import { AccountsPage } from '../../../web/pages/admin/AccountsPage.tsx'
import type { Answers } from '../support/fake-server-link.ts'
import { renderPage, viewer } from '../support/render-page.tsx'

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function toUser(name: string, change: Partial<UserPartsFragment> = {}): UserPartsFragment {
  return {
    __typename: 'User',
    id: `User:${name}`,
    email: `${name}@example.org`,
    name: null,
    role: 'LEARNER',
    entitlement: 'BASIC',
    createdAt: '2026-10-02T10:00:00.000Z',
    lastLoginAt: null,
    ...change,
  }
}

function toUsers(users: readonly UserPartsFragment[], hasNextPage = false): UsersQuery {
  return {
    users: {
      __typename: 'UserConnection',
      edges: users.map((node) => ({ __typename: 'UserEdge', cursor: node.id, node })),
      pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: users.at(-1)?.id ?? null },
    },
  }
}

const renderAccounts = (answers: Answers) =>
  renderPage(<AccountsPage />, { account: { viewer: { ...viewer, role: 'ADMIN' } }, answers })

/** The event itself: with compat loaded, `fireEvent.change` sends another. */
async function choosePlan(plan: string): Promise<void> {
  const select = await screen.findByLabelText<HTMLSelectElement>('Plan of ann@example.org')
  select.value = plan
  fireEvent(select, new Event('change', { bubbles: true }))
}

describe('accounts', () => {
  it('are shown to administrators alone', () => {
    const { server } = renderPage(<AccountsPage />)
    expect(screen.getByRole('heading', { name: 'This page is for administrators' })).toBeTruthy()
    expect(server.asked).toEqual([])
  })

  it('come page by page', async () => {
    renderAccounts({ Users: ({ after }) => (after ? toUsers([toUser('old')]) : toUsers([toUser('new')], true)) })
    fireEvent.click(await screen.findByRole('button', { name: 'Show more' }))
    await screen.findByText('old@example.org')
    expect(screen.getByText('new@example.org')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull()
  })

  it('are searched by the server, which is told what was typed', async () => {
    renderAccounts({ Users: ({ search }) => toUsers(search === 'zoe' ? [] : [toUser('ann')]) })
    await screen.findByText('ann@example.org')
    fireEvent.input(screen.getByLabelText('Search accounts'), { target: { value: ' zoe ' } })
    await screen.findByRole('heading', { name: 'Nobody matches' })
    fireEvent.click(screen.getByRole('button', { name: 'Show everyone' }))
    await screen.findByText('ann@example.org')
  })
})

describe('a plan', () => {
  it('is chosen, then set', async () => {
    const { server } = renderAccounts({
      Users: () => toUsers([toUser('ann')]),
      SetEntitlement: ({ entitlement }) => ({
        setEntitlement: { __typename: 'SetEntitlementPayload', user: toUser('ann', { entitlement }) },
      }),
    })
    await choosePlan('PRO')
    expect(server.asked.map(({ name }) => name)).toEqual(['Users'])
    fireEvent.click(await screen.findByRole('button', { name: 'Set plan' }))
    await screen.findByText('Pro is set.')
    expect(server.asked.at(-1)).toEqual({
      name: 'SetEntitlement',
      variables: { userId: 'User:ann', entitlement: 'PRO' },
    })
    expect(screen.queryByRole('button', { name: 'Set plan' })).toBeNull()
  })

  it('that could not be set stays to be set', async () => {
    renderAccounts({ Users: () => toUsers([toUser('ann')]) })
    await choosePlan('LOCKED')
    fireEvent.click(await screen.findByRole('button', { name: 'Set plan' }))
    expect((await screen.findByRole('alert')).textContent).toContain('could not reach the server')
    expect(screen.getByRole('button', { name: 'Set plan' })).toBeTruthy()
  })

  it('has a history of who changed it', async () => {
    renderAccounts({
      Users: () => toUsers([toUser('ann')]),
      UserEvents: ({ id }) => ({
        node: {
          __typename: 'User',
          id,
          events: [
            {
              __typename: 'AccountEvent',
              type: 'ENTITLEMENT_SET',
              actorEmail: 'boss@example.org',
              detail: { from: 'BASIC', to: 'PRO' },
              at: '2026-11-20T10:00:00.000Z',
            },
          ],
        },
      }),
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Changes to ann@example.org' }))
    const list = await screen.findByRole('list', { name: 'Changes to ann@example.org' })
    expect(within(list).getByText(/Plan set, Basic to Pro by boss@example\.org/)).toBeTruthy()
  })
})

describe('a link to a new password', () => {
  const url = 'https://parley.example/reset-password#secret'
  const answers: Answers = {
    Users: () => toUsers([toUser('ann')]),
    ResetUserPassword: () => ({
      resetUserPassword: { __typename: 'ResetUserPasswordPayload', url, expiresAt: '2026-11-22T10:00:00.000Z' },
    }),
  }

  it('is made only when it is asked for, is copied, and is nowhere once it was closed', async () => {
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text))
    const { server, client } = renderAccounts(answers)
    const toggle = await screen.findByRole('button', { name: 'New password for ann@example.org' })
    fireEvent.click(toggle)
    expect(server.asked.map(({ name }) => name)).toEqual(['Users'])
    fireEvent.click(screen.getByRole('button', { name: 'Make a link' }))
    expect(await screen.findByDisplayValue(url)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
    await screen.findByText('Copied.')
    expect(written).toEqual([url])
    fireEvent.click(toggle)
    fireEvent.click(toggle)
    expect(screen.queryByDisplayValue(url)).toBeNull()
    expect(JSON.stringify(client.cache.extract())).not.toContain('secret')
  })

  it('can be marked by hand where the browser does not copy', async () => {
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new Error('not allowed'))
    renderAccounts(answers)
    fireEvent.click(await screen.findByRole('button', { name: 'New password for ann@example.org' }))
    fireEvent.click(screen.getByRole('button', { name: 'Make a link' }))
    fireEvent.click(await screen.findByRole('button', { name: 'Copy' }))
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('Mark the link'))
  })
})
