import { useLocation } from 'preact-iso'
import type { ComponentChildren } from 'preact'
import { BrandMark } from './BrandMark.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Icon, type IconName } from './Icon.tsx'
import { RunningSessionBanner } from './RunningSessionBanner.tsx'
import { UnfinishedSaves } from './UnfinishedSaves.tsx'

const links: { href: string; label: string; icon: IconName }[] = [
  { href: '/practise', label: 'Practise', icon: 'practise' },
  { href: '/history', label: 'History', icon: 'history' },
  { href: '/progress', label: 'Progress', icon: 'progress' },
  { href: '/settings', label: 'Settings', icon: 'settings' },
]

/** The frame around the pages of someone who is signed in. While talking there is nothing but the conversation. */
export function Shell({ children }: { children: ComponentChildren }) {
  const { path } = useLocation()
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
          {links.map(({ href, label, icon }) => (
            <a key={href} class="shell__link" href={href} aria-current={current.startsWith(href) ? 'page' : undefined}>
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
