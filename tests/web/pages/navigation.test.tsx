// @vitest-environment happy-dom
import { cleanup, screen, within } from '@testing-library/preact'
import { afterEach, describe, expect, it } from 'vitest'
import { Shell } from '../../../web/components/Shell.tsx'
import type { ViewerParts } from '../../../web/hooks/use-account.ts'
import { SettingsPage } from '../../../web/pages/settings/SettingsPage.tsx'
import { renderPage, viewer } from '../support/render-page.tsx'

afterEach(cleanup)

function linksFor(change: Partial<ViewerParts>): { inBar: (string | null)[]; inSettings: (string | null)[] } {
  renderPage(
    <Shell>
      <SettingsPage />
    </Shell>,
    { account: { viewer: { ...viewer, ...change } } },
  )
  const hrefsIn = (element: HTMLElement) =>
    within(element)
      .queryAllByRole('link')
      .map((link) => link.getAttribute('href'))
  return {
    inBar: hrefsIn(screen.getByRole('navigation', { name: 'Main' })),
    inSettings: hrefsIn(screen.getByRole('region', { name: 'Account' })),
  }
}

describe('the ways to packs and accounts', () => {
  it.each([
    ['a learner', {}, [], []],
    ['an account with Pro', { entitlement: 'PRO' }, ['/packs'], ['/packs']],
    ['an administrator', { role: 'ADMIN' }, ['/packs', '/admin/users'], ['/packs', '/admin/users']],
  ] as const)('are shown to whom they concern: %s', (_who, change, bar, settings) => {
    const { inBar, inSettings } = linksFor(change)
    expect(inBar.filter((href) => href === '/packs' || href === '/admin/users')).toEqual(bar)
    expect(inSettings).toEqual(['/plan', ...settings])
  })
})
