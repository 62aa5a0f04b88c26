import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'

/** Nothing to show yet: says why, and what to do. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName
  title: string
  children: ComponentChildren
  action?: ComponentChildren
}) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </div>
  )
}
