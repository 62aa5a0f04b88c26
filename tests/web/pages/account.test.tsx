// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { SignInPage } from '../../../web/pages/account/SignInPage.tsx'
import { WelcomePage } from '../../../web/pages/account/WelcomePage.tsx'
import { renderPage, viewer } from '../support/render-page.tsx'

afterEach(cleanup)

const write = (label: string, value: string): void => {
  fireEvent.input(screen.getByLabelText(label), { target: { value } })
}
const installation = (change: object) => ({
  viewer: null,
  installation: {
    __typename: 'Installation' as const,
    hasAccounts: true,
    requiresSetupCode: false,
    maxSessionSeconds: 900,
    ...change,
  },
})

describe('signing in', () => {
  it('starts the page anew in the new name', async () => {
    const { server, identityChanges } = renderPage(<SignInPage />, {
      account: { viewer: null },
      answers: { SignIn: () => ({ signIn: { __typename: 'SignInPayload', viewer } }) },
    })
    write('Email', 'marta@example.org')
    write('Password', 'correct horse')
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(identityChanges).toHaveLength(1))
    expect(server.asked[0]?.variables).toEqual({ input: { email: 'marta@example.org', password: 'correct horse' } })
  })

  it('says what stands in the way, and lets one try again', async () => {
    renderPage(<SignInPage />, {
      account: { viewer: null },
      answers: {
        SignIn: () => ({
          signIn: { __typename: 'RateLimitedFault', code: 'RATE_LIMITED', message: 'Too many', retryAfterSeconds: 90 },
        }),
      },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    expect((await screen.findByRole('alert')).textContent).toContain('Try again in 2 minutes')
    expect(screen.getByRole('button', { name: 'Sign in' }).getAttribute('aria-disabled')).toBeNull()
  })

  it('tells a network that does not answer from a refusal', async () => {
    renderPage(<SignInPage />, { account: { viewer: null } })
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    expect((await screen.findByRole('alert')).textContent).toContain('could not reach the server')
  })
})

describe('signing up', () => {
  it('asks the first account for the setup code where the installation wants one', () => {
    renderPage(<WelcomePage />, { account: installation({ hasAccounts: false, requiresSetupCode: true }) })
    expect(screen.getByRole('heading', { name: 'Set up Parley' })).toBeTruthy()
    expect(screen.getByLabelText('Setup code')).toBeTruthy()
  })

  it('asks nobody else for it', () => {
    renderPage(<WelcomePage />, { account: installation({ requiresSetupCode: true }) })
    expect(screen.queryByLabelText('Setup code')).toBeNull()
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in')
  })

  it('marks the field that the server names, and reads the fault out with it', async () => {
    renderPage(<WelcomePage />, {
      account: installation({}),
      answers: {
        SignUp: () => ({
          signUp: {
            __typename: 'InvalidInputFault',
            code: 'INVALID_INPUT',
            message: 'Invalid',
            issues: [{ __typename: 'InputIssue', path: ['input', 'password'], message: 'Use at least 8 characters.' }],
          },
        }),
      },
    })
    fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
    const fault = await screen.findByText('Use at least 8 characters.')
    const password = screen.getByLabelText('Password')
    expect(password.getAttribute('aria-invalid')).toBe('true')
    expect(password.getAttribute('aria-describedby')).toContain(fault.closest('[id]')?.id ?? 'none')
  })

  it('tells the server in which time zone the learner lives', async () => {
    const { server, identityChanges } = renderPage(<WelcomePage />, {
      account: installation({}),
      answers: {
        SignUp: () => ({ signUp: { __typename: 'SignUpPayload', viewer } }),
        UpdateViewer: () => ({ updateViewer: { __typename: 'UpdateViewerPayload', viewer } }),
      },
    })
    write('Email', 'marta@example.org')
    write('Password', 'correct horse')
    fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
    await waitFor(() => expect(identityChanges).toHaveLength(1))
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    expect(server.asked[1]).toEqual({ name: 'UpdateViewer', variables: { input: { timeZone } } })
  })
})
