import type { ComponentChildren } from 'preact'
import { BrandMark } from './BrandMark.tsx'

export function VisitorShell({ children }: { children: ComponentChildren }) {
  return (
    <div class="visitor">
      <header class="visitor__bar">
        <a class="brand" href="/">
          <BrandMark />
          Parley
        </a>
      </header>
      <main id="main" class="visitor__main">
        {children}
      </main>
    </div>
  )
}
