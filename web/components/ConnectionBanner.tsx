import { useIsOnline } from '../hooks/use-is-online.ts'
import { useServices } from '../hooks/use-services.ts'
import { useStore } from '../hooks/use-store.ts'
import { Notice } from './Notice.tsx'

/** What does not come through right now, and that it mends itself. */
export function ConnectionBanner() {
  const isOnline = useIsOnline()
  const socket = useStore(useServices().connection.socketStatus)
  if (!isOnline)
    return (
      <Notice tone="warning">
        You are offline. What you have said is kept on this device and goes on as soon as you are back.
      </Notice>
    )
  if (socket === 'lost') return <Notice tone="warning">Live updates have stopped. Connecting again…</Notice>
  return null
}
