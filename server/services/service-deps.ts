/** What use cases are built from. Each takes only the parts that it names. */
import type { DatabaseClient } from '../../db/client.ts'
import type { Aligner } from '../alignment/aligner.ts'
import type { RecordingDecoder } from '../audio/recording-decoder.ts'
import type { Passwords } from '../auth/passwords.ts'
import type { SignIns } from '../auth/sign-ins.ts'
import type { Throttles } from '../auth/throttle.ts'
import type { BackgroundWork } from '../domain/background-work.ts'
import type { Entitlement } from '../domain/entitlement.ts'
import type { Clock, IdMaker } from '../domain/ids.ts'
import type { PaymentAccounts } from '../entitlements/payment-accounts.ts'
import type { SpeakingEvaluator } from '../evaluation/evaluator.ts'
import type { EventBus } from '../events/bus.ts'
import type { RealtimeProvider } from '../realtime/provider.ts'
import type { BlobStore } from '../storage/blob-store.ts'
import type { Transcriber } from '../transcription/transcriber.ts'

export interface ServiceDeps {
  db: DatabaseClient
  bus: EventBus
  background: BackgroundWork
  clock: Clock
  makeId: IdMaker
  provider: RealtimeProvider
  blobs: BlobStore
  decoder: RecordingDecoder
  /** Null: nobody here can find words in a recording. */
  aligner: Aligner | null
  evaluator: SpeakingEvaluator
  /** May have nobody to transcribe just now: it says so. */
  transcriber: Transcriber
  payments: PaymentAccounts
  passwords: Passwords
  signIns: SignIns
  throttles: Throttles
  limits: SessionLimits
  retention: Retention
  signUpRules: SignUpRules
  log: ServiceLog
}

export interface SessionLimits {
  maxSessionSeconds: number
  /** Conversations that one account may have running at once. */
  maxActiveConversations: number
  /** Practice a day; null: no limit, 0: none at all. */
  dailyMinutes: Readonly<Record<Entitlement, number | null>>
}

export interface Retention {
  /** Age at which the audio of a recording is deleted; null: never. */
  recordingsKeepDays: number | null
}

export interface SignUpRules {
  newUserEntitlement: Entitlement
  /** What the first account has to give; null: nothing. */
  setupCode: string | null
}

/** For what the caller need not know; never with content. */
export interface ServiceLog {
  warn(detail: Record<string, unknown>, message: string): void
}
