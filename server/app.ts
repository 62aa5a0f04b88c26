/** The composition root: the only file that picks adapters. */
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createDatabaseClient } from '../db/client.ts'
import { createPartnerAligner } from './alignment/partner-aligner.ts'
import { createRecordingDecoder } from './audio/recording-decoder.ts'
import { createPasswords } from './auth/passwords.ts'
import { createSignIns } from './auth/sign-ins.ts'
import { type Allowances, createThrottles, type LimiterMaker, toAllowances } from './auth/throttle.ts'
import { type Config, type DatabaseConfig, toAllowedOrigins } from './config.ts'
import { createBackgroundWork } from './domain/background-work.ts'
import { type Clock, createIdMaker, type UserId } from './domain/ids.ts'
import { toLoggableError } from './domain/loggable-error.ts'
import type { RealtimeAddress } from './embedded/start-embedded.ts'
import type { EntitlementCache } from './entitlements/entitlement-cache.ts'
import { createEntitlements } from './entitlements/entitlements.ts'
import { createMemoryEntitlementCache } from './entitlements/memory-entitlement-cache.ts'
import type { Payments } from './entitlements/payments.ts'
import { createEvaluator } from './evaluation/create-evaluator.ts'
import { createDrillEvaluator } from './evaluation/drill/create-drill-evaluator.ts'
import type { DrillEvaluator } from './evaluation/drill/drill-evaluator.ts'
import type { SpeakingEvaluator } from './evaluation/evaluator.ts'
import { createPostgresBus } from './events/postgres-bus.ts'
import { toTrust } from './http/client-address.ts'
import { createHttpServer } from './http/http-server.ts'
import { defaultPacing, type PacedSocketOptions } from './http/paced-socket.ts'
import { startWorker } from './jobs/worker.ts'
import { createOpenAiProvider } from './realtime/openai-provider.ts'
import { askPartnerTier } from './realtime/partner-tier.ts'
import { createServices } from './services/index.ts'
import type { BlobStore } from './storage/blob-store.ts'
import { createTranscriber } from './transcription/create-transcriber.ts'

export interface AppOptions {
  config: Config
  database: DatabaseConfig
  blobs: BlobStore
  realtime: RealtimeAddress
  log: Logger
  /** What the first account has to give; null: nothing. */
  setupCode: string | null
  /** Folder of the built web app. */
  webRoot: string
  /** For tests: another clock, another scorer, narrower allowances, a shorter patience. */
  clock?: Clock
  evaluator?: SpeakingEvaluator
  drillEvaluator?: DrillEvaluator
  allowances?: Partial<Allowances>
  pacing?: PacedSocketOptions
}

export interface App {
  /** Where browsers reach it. */
  url: string
  /** There is no account yet, and the first one has to give the setup code. */
  requiresSetupCode: boolean
  close(): Promise<void>
}

/** Resolves once it listens. What was opened is closed again when a later step fails. */
export async function startApp(given: AppOptions): Promise<App> {
  const options = {
    ...given,
    log: given.log.child({}, { serializers: { err: (error: unknown) => toLoggableError(error) } }),
  }
  const { config, log } = options
  const clock = options.clock ?? (() => new Date())
  const closers: (() => Promise<unknown>)[] = []
  const close = async (): Promise<void> => {
    // One that fails keeps no other open.
    const failures: unknown[] = []
    for (const closeOne of closers.splice(0).reverse())
      await closeOne().catch((error: unknown) => void failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
  try {
    let port = config.port
    const publicUrl = (): string => config.publicUrl ?? `http://${toHostname(config.host)}:${port}`
    const parts = await openParts(options, { clock, publicUrl }, closers)
    const { services, signIns, throttles, provider, db } = parts
    const isSecure = config.publicUrl?.startsWith('https:') ?? false
    const http = await createHttpServer({
      services,
      signIns,
      throttles,
      limits: config.api,
      partnerTier: () => provider.tier(),
      log,
      allowedOrigins: () => toAllowedOrigins(config, port),
      blobs: options.blobs,
      healthChecks: { database: () => db.ping(), recordings: () => options.blobs.check() },
      pacing: options.pacing ?? defaultPacing,
      webRoot: options.webRoot,
      trust: toTrust(config.trustProxy),
      isSecure,
      blobOrigin: toBlobOrigin(config),
    })
    closers.push(() => http.close())
    const { ownerUrl } = options.database
    const worker = await startWorker({ ownerUrl, services, log, onConnectionError: parts.onConnectionError })
    closers.push(() => worker.stop())
    await http.listen({ host: config.host, port: config.port })
    port = (http.server.address() as AddressInfo).port
    return {
      requiresSetupCode: (await services.getInstallation()).requiresSetupCode,
      url: publicUrl(),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function openParts(
  options: AppOptions,
  given: { clock: Clock; publicUrl: () => string },
  closers: (() => Promise<unknown>)[],
) {
  const { config, database, log, realtime } = options
  const { clock, publicUrl } = given
  // Its words only: pg hangs the whole connection on the error, with the values of what was being asked.
  const onConnectionError = (error: Error): void => log.warn({ reason: error.message }, 'a database connection broke')
  const db = createDatabaseClient({ url: database.url, onConnectionError })
  closers.push(() => db.close())
  const bus = await createPostgresBus({ url: database.url, onConnectionError })
  closers.push(() => bus.close())
  const signIns = createSignIns({ db, clock, isSecure: config.publicUrl?.startsWith('https:') ?? false })
  bus.listenAll('access', (bell) => signIns.drop(bell ? (bell.key as UserId) : null))
  const cache = await openEntitlementCache(config, clock, log)
  closers.push(() => cache.close())
  const entitlements = createEntitlements({ db, cache, isCurrent: () => bus.isCurrent() })
  bus.listenAll('entitlement', (bell) => entitlements.drop(bell ? (bell.key as UserId) : null))
  const makeLimiter = await openLimiters(config, log, closers)
  const throttles = createThrottles({ ...toAllowances(config.api), ...options.allowances }, makeLimiter)
  const provider = createOpenAiProvider({
    apiKey: realtime.apiKey,
    baseUrl: realtime.baseUrl,
    models: config.models,
    timeoutMs: config.providerTimeoutMs,
    tier: async () => (realtime.isBuiltIn ? askPartnerTier(realtime.baseUrl) : 'FREE_CONVERSATION'),
    name: realtime.isBuiltIn ? 'parley' : new URL(realtime.baseUrl).hostname,
  })
  const background = createBackgroundWork((error) => log.error({ err: error }, 'work in the background failed'))
  closers.push(() => background.stop())
  const decoder = createRecordingDecoder()
  closers.push(() => decoder.close())
  const model = config.evaluationModel === null ? null : { ...realtime, model: config.evaluationModel }
  const services = createServices({
    db,
    bus,
    background,
    clock,
    makeId: createIdMaker(clock),
    provider,
    blobs: options.blobs,
    decoder,
    evaluator: options.evaluator ?? createEvaluator(model),
    drillEvaluator: options.drillEvaluator ?? createDrillEvaluator(model),
    transcriber: createTranscriber({ ...realtime, model: config.models.transcription, clock }),
    aligner: realtime.isBuiltIn ? createPartnerAligner({ ...realtime, log }) : null,
    entitlements,
    payments: await openPayments(config, clock, log),
    publicUrl,
    passwords: await createPasswords(),
    signIns,
    throttles,
    limits: config.limits,
    retention: { recordingsKeepDays: config.recordingsKeepDays },
    packRules: { canProActivate: config.proActivatesPacks },
    signUpRules: { newUserEntitlement: config.newUserEntitlement, setupCode: options.setupCode },
    log,
  })
  return { db, bus, signIns, throttles, provider, services, onConnectionError }
}

/** Its library is loaded where it is used only: it is large. */
async function openEntitlementCache({ redisUrl }: Config, clock: Clock, log: Logger): Promise<EntitlementCache> {
  if (redisUrl === null) return createMemoryEntitlementCache(clock)
  const { createRedisEntitlementCache } = await import('./entitlements/redis-entitlement-cache.ts')
  return createRedisEntitlementCache({ url: redisUrl, clock, onFault: toRedisFault(log) })
}

/** As above. Undefined: this node counts for itself. */
async function openLimiters(
  { redisUrl }: Config,
  log: Logger,
  closers: (() => Promise<unknown>)[],
): Promise<LimiterMaker | undefined> {
  if (redisUrl === null) return undefined
  const { createRedisLimiters } = await import('./auth/redis-limiters.ts')
  const limiters = createRedisLimiters({ url: redisUrl, onFault: toRedisFault(log) })
  closers.push(() => limiters.close())
  return limiters.make
}

const toRedisFault = (log: Logger) => (error: Error) => log.warn({ reason: error.message }, 'Redis cannot be used')

/** As above. */
async function openPayments(
  { stripe, providerTimeoutMs }: Config,
  clock: Clock,
  log: Logger,
): Promise<Payments | null> {
  if (stripe === null) return null
  const { createStripePayments } = await import('./entitlements/stripe-payments.ts')
  return createStripePayments({ ...stripe, timeoutMs: providerTimeoutMs, clock, log })
}

function toHostname(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function toBlobOrigin(config: Config): string | null {
  if (config.s3 === null) return null
  return config.s3.endpoint === null
    ? `https://${config.s3.bucket}.s3.${config.s3.region}.amazonaws.com`
    : new URL(config.s3.endpoint).origin
}
