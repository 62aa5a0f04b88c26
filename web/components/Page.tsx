import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './Icon.tsx'

export interface PageProps {
  title: string
  /** What the browser's tab says, where it differs. */
  tabTitle?: string
  lead?: ComponentChildren
  back?: { href: string; label: string }
  actions?: ComponentChildren
  children: ComponentChildren
}

/** The frame of a page's content: heading, tab title, and the focus on the heading after moving here. */
export function Page({ title, tabTitle, lead, back, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${tabTitle ?? title} · Parley`
  }, [tabTitle, title])
  useEffect(() => {
    // On the first load the focus belongs to the browser; after that a screen reader needs to hear where it is.
    if (document.documentElement.dataset['moved'] === 'true') heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div class="page">
      <header class="page__head">
        <div class="page__titles">
          {back && (
            <a class="back-link" href={back.href}>
              <Icon name="back" />
              {back.label}
            </a>
          )}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  )
}
