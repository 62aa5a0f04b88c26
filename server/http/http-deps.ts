import type { Logger } from 'pino'
import type { SignIns } from '../auth/sign-ins.ts'
import type { Throttle } from '../auth/throttle.ts'
import type { PartnerTier } from '../realtime/provider.ts'
import type { Services } from '../services/index.ts'

/** What the surfaces share: all of them know a client by the same cookie and the same origins. */
export interface HttpDeps {
  services: Services
  signIns: SignIns
  throttle: Throttle
  partnerTier: () => Promise<PartnerTier>
  log: Logger
  /** Known once the server listens. */
  allowedOrigins(): readonly string[]
}
