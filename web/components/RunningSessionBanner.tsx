import { useServices } from '../hooks/use-services.ts'
import { useStore } from '../hooks/use-store.ts'
import type { LiveSession } from '../realtime/live-session.ts'
import { pathTo } from '../paths.ts'
import { Notice } from './Notice.tsx'

/** A conversation goes on while its learner looks at another page. */
export function RunningSessionBanner() {
  const session = useStore(useServices().liveSession)
  return session ? <Running session={session} /> : null
}

function Running({ session }: { session: LiveSession }) {
  const { phase, save } = useStore(session.store)
  if (phase === 'saved') return null
  const words =
    phase !== 'saving'
      ? 'is still running: the microphone is on.'
      : save.failure === null
        ? 'is being saved.'
        : 'is not saved yet. It is kept on this device, and tried again by itself.'
  return (
    <Notice
      tone={phase === 'saving' && save.failure === null ? 'info' : 'warning'}
      action={
        <a class="button" href={pathTo.live(session.sessionId)}>
          Back to it
        </a>
      }
    >
      “{session.title}” {words}
    </Notice>
  )
}
