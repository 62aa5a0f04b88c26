import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ParleyConnection } from '../../client/connect.ts'
import type { AnswerSender } from '../realtime/answer-sender.ts'
import type { LiveSession } from '../realtime/live-session.ts'
import type { Outbox } from '../realtime/outbox.ts'
import type { SessionApi } from '../realtime/session-api.ts'
import type { Store } from './use-store.ts'

/** What outlives pages: made once in `main.tsx`. */
export interface Services {
  connection: Omit<ParleyConnection, 'close'>
  api: SessionApi
  outbox: Outbox
  /** Sends what was recorded in speaking tests, whatever page is open. */
  answers: AnswerSender
  /** The conversation of this tab, from Start until the learner has left it. */
  liveSession: Store<LiveSession | null> & { set: (session: LiveSession | null) => void }
}

/** Filled by `main.tsx`; null above it. */
export const ServicesContext = createContext<Services | null>(null)

/** Throws outside of the app's frame. */
export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('useServices needs ServicesContext above it')
  return services
}
