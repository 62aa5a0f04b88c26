import { useState } from 'preact/hooks'
import { Button } from '../../components/Button.tsx'
import { toDate } from '../../components/format.ts'
import type { UserPartsFragment } from '../../gql/documents.ts'
import { useViewer } from '../../hooks/use-account.ts'
import { PasswordLink } from './PasswordLink.tsx'
import { PlanChoice } from './PlanChoice.tsx'
import { UserEvents } from './UserEvents.tsx'

type Open = 'password' | 'events' | null

/** One account. What is done rarely opens below it. */
export function UserRow({ user }: { user: UserPartsFragment }) {
  const [open, setOpen] = useState<Open>(null)
  const { timeZone } = useViewer().preferences
  const toggle = (what: Open) => ({
    'aria-expanded': open === what,
    onClick: () => setOpen(open === what ? null : what),
  })
  return (
    <div class="row">
      <div class="row__main">
        <span class="row__title">
          {user.email} {user.role === 'ADMIN' && <span class="badge">Administrator</span>}
        </span>
        <span class="row__facts soft small">
          {user.name && <span>{user.name}</span>}
          <span>Since {toDate(user.createdAt, timeZone)}</span>
          <span>{user.lastLoginAt ? `Last signed in ${toDate(user.lastLoginAt, timeZone)}` : 'Never signed in'}</span>
        </span>
      </div>
      <PlanChoice user={user} />
      <div class="button-row">
        <Button look="quiet" aria-label={`New password for ${user.email}`} {...toggle('password')}>
          New password
        </Button>
        <Button look="quiet" aria-label={`Changes to ${user.email}`} {...toggle('events')}>
          Changes
        </Button>
      </div>
      {open === 'password' && <PasswordLink user={user} />}
      {open === 'events' && <UserEvents user={user} />}
    </div>
  )
}
