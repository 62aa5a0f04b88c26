import { useLocation } from 'preact-iso'
import type { ComponentChildren } from 'preact'
import { useViewer, type ViewerParts } from '../hooks/use-account.ts'
import { canManageAccounts, canManagePacks } from './account-rights.ts'
import { BrandMark } from './BrandMark.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { RunningSessionBanner } from './RunningSessionBanner.tsx'
import { UnfinishedSaves } from './UnfinishedSaves.tsx'

interface Link {
  href: string
  label: string
  icon: IconName
  /** Whom it concerns; everyone where it is left out. */
  isFor?: (viewer: ViewerParts) => boolean
}

const links: Link[] = [
  { href: '/practise', label: 'Practise', icon: 'practise' },
  { href: '/drills', label: 'Interview', icon: 'question' },
  { href: '/history', label: 'History', icon: 'history' },
  { href: '/progress', label: 'Progress', icon: 'progress' },
  { href: '/packs', label: 'Packs', icon: 'packs', isFor: canManagePacks },
  { href: '/admin/users', label: 'Accounts', icon: 'people', isFor: canManageAccounts },
  { href: '/settings', label: 'Settings', icon: 'settings' },
]

/** The frame around the pages of someone who is signed in. While talking there is nothing but the conversation. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation()
  const viewer = useViewer()
  const shown = links.filter(({ isFor }) => isFor?.(viewer) ?? true)
  if (path.startsWith('/live/'))
    return (
      <main id="main" class="live-main">
        {children}
      </main>
    )
  const current = path === '/' || path.startsWith('/tests') ? '/practise' : path
  return (
    <div class="shell">
      <a class="skip-link" href="#main">
        Skip to the content
      </a>
      <header class="shell__bar">
        <a class="brand" href="/practise">
          <BrandMark />
          Parley
        </a>
        <nav class="shell__nav" aria-label="Main">
          {shown.map(({ href, label, icon, isFor }) => (
            <a
              key={href}
              class={`shell__link${isFor ? ' shell__link--wide' : ''}`}
              href={href}
              aria-current={current.startsWith(href) ? 'page' : undefined}
            >
              <Icon name={icon} />
              {label}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" class="shell__main">
        <div class="shell__banners">
          <ConnectionBanner />
          <RunningSessionBanner />
          <UnfinishedSaves />
        </div>
        {children}
      </main>
    </div>
  )
}
