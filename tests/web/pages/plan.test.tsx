// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlanQuery } from '../../../web/gql/documents.ts'
import { PlanPage } from '../../../web/pages/plan/PlanPage.tsx'
import { renderPage, viewer } from '../support/render-page.tsx'

beforeEach(() => history.replaceState(null, '', '/plan'))
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

type Change = Partial<NonNullable<PlanQuery['viewer']>> & { hasPayments?: boolean }

function toPlan({ hasPayments = true, ...change }: Change = {}): PlanQuery {
  return {
    viewer: {
      __typename: 'Viewer',
      id: viewer.id,
      entitlement: 'BASIC',
      paidEntitlement: 'BASIC',
      usage: {
        __typename: 'Usage',
        secondsUsed: 300,
        secondsLimit: 1_200,
        periodEnd: '2026-11-22T00:00:00.000Z',
      },
      ...change,
    },
    installation: {
      __typename: 'Installation',
      hasPayments,
      plans: [
        { __typename: 'Plan', entitlement: 'LOCKED', secondsPerDay: 0 },
        { __typename: 'Plan', entitlement: 'BASIC', secondsPerDay: 1_200 },
        { __typename: 'Plan', entitlement: 'PRO', secondsPerDay: null },
      ],
    },
  }
}

describe('the plan', () => {
  it('tells what each one allows, which one the viewer has, and what is used of today', async () => {
    renderPage(<PlanPage />, { answers: { Plan: () => toPlan() } })
    await screen.findByText('You have Basic.')
    const cards = screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.closest('li')?.textContent)
    expect(cards).toEqual([
      'Locked No practice timeNo interview drillsNo content packs of your own',
      'Basic Your plan20 min of practice a dayInterview drillsNo content packs of your own',
      expect.stringContaining('Pro As much practice a day as you likeInterview drillsContent packs of your own'),
    ])
    expect(screen.getByText(/You have used 5 min of 20 min/)).toBeTruthy()
    expect(screen.getByLabelText('Practice time used today').getAttribute('value')).toBe('300')
  })

  it('is set by an administrator where nobody can pay, and nothing is offered to buy', async () => {
    renderPage(<PlanPage />, { answers: { Plan: () => toPlan({ hasPayments: false }) } })
    await screen.findByText(/an administrator of this installation sets them/)
    expect(screen.queryByRole('button')).toBeNull()
    cleanup()
    renderPage(<PlanPage />, {
      account: { viewer: { ...viewer, role: 'ADMIN' } },
      answers: { Plan: () => toPlan({ hasPayments: false }) },
    })
    expect((await screen.findByRole('link', { name: 'Accounts' })).getAttribute('href')).toBe('/admin/users')
  })
})

describe('paying', () => {
  const pay = 'https://pay.example/session'

  it('leads to the payment service, for what is more than the viewer has', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    const { server } = renderPage(<PlanPage />, {
      answers: {
        Plan: () => toPlan(),
        CreateCheckout: () => ({ createCheckout: { __typename: 'CheckoutPayload', url: pay } }),
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Choose Pro' }))
    await waitFor(() => expect(assign).toHaveBeenCalledWith(pay))
    expect(server.asked.at(-1)).toEqual({ name: 'CreateCheckout', variables: { input: { entitlement: 'PRO' } } })
    expect(screen.queryByRole('button', { name: 'Choose Basic' })).toBeNull()
  })

  it('leads whoever pays to their invoices', async () => {
    const assign = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
    renderPage(<PlanPage />, {
      answers: {
        Plan: () => toPlan(),
        CreatePortal: () => ({ createPortal: { __typename: 'PortalPayload', url: pay } }),
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Invoices, card and cancellation' }))
    await waitFor(() => expect(assign).toHaveBeenCalledWith(pay))
  })

  it('that cannot be started speaks of the payment service, not of the practice partner', async () => {
    renderPage(<PlanPage />, {
      answers: {
        Plan: () => toPlan(),
        CreateCheckout: () => ({
          createCheckout: {
            __typename: 'ProviderFault',
            code: 'PROVIDER_UNAVAILABLE',
            message: 'No answer',
            retryable: true,
          },
        }),
      },
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Choose Pro' }))
    expect((await screen.findByRole('alert')).textContent).toContain('The payment service does not answer')
  })

  it('is waited for on the way back, until it has arrived', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      history.replaceState(null, '', '/plan?paid')
      let plan = toPlan({ entitlement: 'LOCKED', paidEntitlement: 'LOCKED' })
      renderPage(<PlanPage />, { answers: { Plan: () => plan } })
      await vi.waitFor(() => expect(screen.getByText('You have Locked.')).toBeTruthy())
      expect(screen.getByText(/as soon as the payment is confirmed/)).toBeTruthy()
      plan = toPlan()
      await vi.advanceTimersByTimeAsync(3_100)
      await vi.waitFor(() => expect(screen.getByText('You have Basic.')).toBeTruthy())
      expect(within(document.body).getByText('Thank you: your subscription is in force.')).toBeTruthy()
    } finally {
      vi.useRealTimers()
    }
  })
})
