import { useLocation, useRoute } from 'preact-iso'
import { useEffect } from 'preact/hooks'
import { Page } from '../../components/Page.tsx'
import { useServices } from '../../hooks/use-services.ts'
import { useStore } from '../../hooks/use-store.ts'
import { pathTo } from '../../paths.ts'
import type { LiveSession } from '../../realtime/live-session.ts'
import { LiveStage } from './LiveStage.tsx'
import { SavingView } from './SavingView.tsx'

/** The conversation of this tab. After a reload there is none: what was kept is then told on the session's own page. */
export function LivePage() {
  const sessionId = decodeURIComponent(useRoute().params['sessionId'] ?? '')
  const session = useStore(useServices().liveSession)
  const { route } = useLocation()
  const isHere = session?.sessionId === sessionId
  useEffect(() => {
    if (!isHere) route(pathTo.session(sessionId), true)
  }, [isHere, sessionId, route])
  return isHere && session ? <LiveConversation session={session} /> : null
}

function LiveConversation({ session }: { session: LiveSession }) {
  const { route } = useLocation()
  const state = useStore(session.store)
  const toReview = (): void => route(pathTo.session(session.sessionId), true)
  useEffect(() => {
    // It stays the session of this tab, so that the next page can say that all is saved.
    if (state.phase === 'saved') toReview()
  }, [state.phase])
  if (state.phase === 'saving' || state.phase === 'saved') {
    return (
      <Page title={session.title} tabTitle="Saving">
        <SavingView state={state} onNow={() => session.saveNow()} onLeave={toReview} />
      </Page>
    )
  }
  return <LiveStage session={session} state={state} />
}
