import type { Logger } from 'pino'
import type { SignIns } from '../auth/sign-ins.ts'
import type { Throttles } from '../auth/throttle.ts'
import type { ApiLimits } from '../config-limits.ts'
import type { PartnerTier } from '../realtime/provider.ts'
import type { Services } from '../services/index.ts'
import type { Trust } from './client-address.ts'

/** What the surfaces share: all of them know a client by the same cookie and the same origins. */
export interface HttpDeps {
  services: Services
  signIns: SignIns
  throttles: Throttles
  limits: ApiLimits
  partnerTier: () => Promise<PartnerTier>
  /** Which proxies in front are ours. */
  trust: Trust
  log: Logger
  /** Known once the server listens. */
  allowedOrigins(): readonly string[]
}
