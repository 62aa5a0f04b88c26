import { Icon } from './Icon.tsx'

/** On everything that strangers may see. */
export function PublishedBadge() {
  return (
    <span class="badge badge--published">
      <Icon name="globe" />
      Published
    </span>
  )
}
