import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

const icons: Record<NoticeTone, IconName> = { info: 'info', problem: 'alert', warning: 'alert', good: 'check' }

export type NoticeTone = 'info' | 'problem' | 'warning' | 'good'

/** A sentence about the state of things; a problem is announced at once, the rest when there is a pause. */
export function Notice({
  tone = 'info',
  children,
  action,
}: {
  tone?: NoticeTone
  children: ComponentChildren
  action?: ComponentChildren
}) {
  return (
    <div class={`notice notice--${tone}`} role={tone === 'problem' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div class="notice__body">
        <div>{children}</div>
        {action}
      </div>
    </div>
  )
}
