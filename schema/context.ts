import type { Services } from '../server/services/index.ts'
import type { PartnerTier } from '../server/realtime/provider.ts'
import type { Throttle } from '../server/auth/throttle.ts'
import type { Viewer } from '../server/auth/viewer.ts'

/** What resolvers work with: who asks, and what can be asked for. */
export interface Context {
  viewer: Viewer | null
  services: Services
  partnerTier: () => Promise<PartnerTier>
  /** Counts mutations. */
  throttle: Throttle
  /** Stands in the log beside what went wrong, and in the answer's header. */
  requestId: string
  /** Network address of the client. */
  client: string
  cookieHeader: string | undefined
  /** Sets a cookie with the answer; does nothing on a WebSocket. */
  setCookie(cookie: string): void
}
