import { useApolloClient } from '@apollo/client/react'
import { useCallback } from 'preact/hooks'
import { forgetSession } from '../../client/forget-session.ts'
import { useServices } from './use-services.ts'

/** Forgets all that this browser holds of a session that was deleted: what waited to be sent, what was said, and what pages were told. */
export function useForgetSession(): (sessionId: string) => Promise<void> {
  const { answers, liveSession } = useServices()
  const { cache } = useApolloClient()
  return useCallback(
    async (sessionId) => {
      const live = liveSession.get()
      if (live?.sessionId === sessionId && live.store.get().phase === 'saved') liveSession.set(null)
      await answers.forget(sessionId)
      forgetSession(cache, sessionId)
    },
    [answers, liveSession, cache],
  )
}
