import { toDate, toTime } from '../../components/format.ts'
import { Loading } from '../../components/Loading.tsx'
import { Notice } from '../../components/Notice.tsx'
import { planNames, plans } from '../../components/plan-words.ts'
import type { UserEventsQuery, UserPartsFragment } from '../../gql/documents.ts'
import { useUserEventsQuery } from '../../gql/hooks.ts'
import { describeError } from '../../graphql/faults.ts'
import { useViewer } from '../../hooks/use-account.ts'

type AccountEvent = Extract<UserEventsQuery['node'], { __typename: 'User' }>['events'][number]

const words: Record<AccountEvent['type'], string> = {
  ENTITLEMENT_SET: 'Plan set',
  ENTITLEMENT_PAID: 'Plan changed by a payment',
  PASSWORD_RESET_ISSUED: 'Link to a new password made',
  PASSWORD_RESET_USED: 'New password set by a link',
}

/** What payments and administrators did to an account, newest first. */
export function UserEvents({ user }: { user: UserPartsFragment }) {
  const { timeZone } = useViewer().preferences
  const { data, error } = useUserEventsQuery({ variables: { id: user.id }, fetchPolicy: 'network-only' })
  if (error) return <Notice tone="problem">{describeError(error)}</Notice>
  if (!data) return <Loading label="Loading the changes" rows={1} />
  const events = data.node?.__typename === 'User' ? data.node.events : []
  if (events.length === 0) return <p class="row__wide soft">Nothing was changed by anyone.</p>
  return (
    <ol class="row__wide small" aria-label={`Changes to ${user.email}`}>
      {events.map((event) => (
        <li key={`${event.at} ${event.type}`}>
          {toDate(event.at, timeZone)}, {toTime(event.at, timeZone)}: {words[event.type]}
          {toMove(event.detail)}
          {event.actorEmail && ` by ${event.actorEmail}`}
        </li>
      ))}
    </ol>
  )
}

function toMove(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null || !('from' in detail && 'to' in detail)) return ''
  const nameOf = (value: unknown): string => {
    const plan = plans.find((each) => each === value)
    return plan ? planNames[plan] : String(value)
  }
  return `, ${nameOf(detail.from)} to ${nameOf(detail.to)}`
}
