// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { ResetPasswordPage } from '../../../web/pages/account/ResetPasswordPage.tsx'
import type { Answers } from '../support/fake-server-link.ts'
import { renderPage } from '../support/render-page.tsx'

afterEach(cleanup)

function renderReset(hash: string, answers: Answers = {}) {
  history.replaceState(null, '', `/reset-password${hash}`)
  return renderPage(<ResetPasswordPage />, { account: { viewer: null }, answers })
}

const setPassword = (value: string): void => {
  fireEvent.input(screen.getByLabelText('New password'), { target: { value } })
  fireEvent.click(screen.getByRole('button', { name: 'Set password' }))
}

describe('a one-time link', () => {
  it('sets a new password by what stands behind its number sign, and leads to the sign-in', async () => {
    const { server, identityChanges } = renderReset('#secret-token', {
      RedeemPasswordReset: () => ({
        redeemPasswordReset: { __typename: 'RedeemPasswordResetPayload', email: 'marta@example.org' },
      }),
    })
    setPassword('correct horse')
    await screen.findByText('Sign in with it as marta@example.org.')
    expect(server.asked).toEqual([
      {
        name: 'RedeemPasswordReset',
        variables: { input: { token: 'secret-token', newPassword: 'correct horse' } },
      },
    ])
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    await waitFor(() => expect(identityChanges).toHaveLength(1))
    expect(location.pathname + location.hash).toBe('/sign-in')
  })

  it('that was used says so, and to whom to turn', async () => {
    const message = 'This link is good for nothing any more. Ask an administrator for a new one.'
    renderReset('#used', {
      RedeemPasswordReset: () => ({ redeemPasswordReset: { __typename: 'NotFoundFault', code: 'NOT_FOUND', message } }),
    })
    setPassword('correct horse')
    expect((await screen.findByRole('alert')).textContent).toBe(message)
  })

  it('marks a password that is too short', async () => {
    renderReset('#token', {
      RedeemPasswordReset: () => ({
        redeemPasswordReset: {
          __typename: 'InvalidInputFault',
          code: 'INVALID_INPUT',
          message: 'Invalid',
          issues: [{ __typename: 'InputIssue', path: ['input', 'newPassword'], message: 'Use at least 8 characters.' }],
        },
      }),
    })
    setPassword('short')
    await screen.findByText('Use at least 8 characters.')
    expect(screen.getByLabelText('New password').getAttribute('aria-invalid')).toBe('true')
  })

  it('that lost its end on the way is not tried', () => {
    renderReset('')
    expect(screen.getByRole('alert').textContent).toContain('Open the whole link')
    expect(screen.getByRole('button', { name: 'Set password' }).hasAttribute('disabled')).toBe(true)
  })
})
