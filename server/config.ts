/** The settings of an installation, read once from the environment; nothing else reads it. README lists every variable. */
import path from 'node:path'
import { z } from 'zod'
import {
  isOrigin,
  wholeNumber,
  flag,
  httpUrl,
  databaseUrl,
  redisUrl,
  addressList,
  trustProxy,
  handover,
} from './config-values.ts'
import { isLoopback, loopbackNames, relationFaults } from './config-relations.ts'
import { type ApiLimits, limitVariables, toApiLimits } from './config-limits.ts'
import type { Entitlement } from './domain/entitlement.ts'

/** Settings that cannot work, each as one line that names the variable and says what to do. Holds no secret's value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  readonly faults: string[]
  constructor(faults: string[]) {
    super(faults.join('\n'))
    this.faults = faults
  }
}

export interface DatabaseConfig {
  /** The application's login, a plain role. */
  url: string
  /** The owner, who migrates. */
  ownerUrl: string
}

export interface S3Config {
  endpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  forcePathStyle: boolean
}

export interface StripeConfig {
  secretKey: string
  webhookSecret: string
  /** The ids of the prices that the plans are sold at. */
  prices: Record<'BASIC' | 'PRO', string>
  /** Another host that speaks Stripe's API; null: Stripe's own. */
  apiBase: string | null
}

export interface Config {
  host: string
  /** 0 lets the system choose. */
  port: number
  isLoopbackOnly: boolean
  /** Origin at which browsers reach this installation, without a final slash; null: at `host` and `port` themselves. */
  publicUrl: string | null
  trustProxy: boolean | number | string
  /** Absolute path. */
  dataDirectory: string
  database: DatabaseConfig | null
  s3: S3Config | null
  realtime: { apiKey: string | null; baseUrl: string | null } | null
  /** What a supervisor that keeps the embedded parts alive hands to the server that it restarts. */
  embedded: EmbeddedHandover | null
  models: { realtime: string; transcription: string; voice: string }
  /** What judges; null: counting, on this installation. */
  evaluationModel: string | null
  providerTimeoutMs: number
  limits: {
    maxSessionSeconds: number
    maxActiveConversations: number
    /** Null: no limit. 0: no practice at all. */
    dailyMinutes: Record<Entitlement, number | null>
  }
  api: ApiLimits
  newUserEntitlement: Entitlement
  /** Accounts with PRO may activate content packs of their own; else only administrators. */
  proActivatesPacks: boolean
  /** Null: nobody can pay here; an administrator sets plans. */
  stripe: StripeConfig | null
  /** Where entitlements are remembered; null: in each server node. */
  redisUrl: string | null
  recordingsKeepDays: number | null
  /** `mostCalls` null: as many as this machine can pace. */
  partner: { iceAddresses: string[]; port: number; mostCalls: number | null; speechModelDirectory: string | null }
  logLevel: string
}

export interface EmbeddedHandover {
  database: DatabaseConfig
  realtime: { apiKey: string; baseUrl: string; isBuiltIn: boolean }
}

/** Reads the settings of this process. Throws ConfigError with all faults at once. */
export function readConfig(): Config {
  return parseConfig(process.env)
}

/** The environment of a child that reads its own settings: ours with some changed. */
export function toChildEnvironment(changes: Record<string, string>): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  return { ...Object.fromEntries(own), ...changes }
}

/** Throws ConfigError with all faults at once. A variable that is empty counts as not set. */
export function parseConfig(env: Record<string, string | undefined>, nodeVersion = process.versions.node): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = variables.safeParse(given)
  const faults = [...nodeFaults(nodeVersion), ...relationFaults(given)]
  for (const issue of parsed.error?.issues ?? []) faults.push(`${String(issue.path[0])}: ${issue.message}`)
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  return toConfig(parsed.data)
}

/**
 * The origins whose pages may talk to this server: the public one or, on one's own machine, the three names of the loopback
 * address at the port in use (`port` differs from the configured one where that was 0).
 */
export function toAllowedOrigins(config: Pick<Config, 'publicUrl'>, port: number): string[] {
  if (config.publicUrl === null) return loopbackOrigins('http:', String(port))
  const url = new URL(config.publicUrl)
  return loopbackNames.has(url.hostname) ? loopbackOrigins(url.protocol, url.port) : [url.origin]
}

function loopbackOrigins(protocol: string, port: string): string[] {
  return ['127.0.0.1', 'localhost', '[::1]'].map(
    (name) => new URL(`${protocol}//${name}${port === '' ? '' : `:${port}`}`).origin,
  )
}

const minutes = wholeNumber(0, 1_440).nullable().default(null)

const variables = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(4870),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an http or https address without a path, such as https://parley.example.org')
    .transform((value) => new URL(value).origin)
    .nullable()
    .default(null),
  TRUST_PROXY: trustProxy.default(false),
  PARLEY_DATA_DIR: z.string().default('data'),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_OWNER_URL: databaseUrl.optional(),
  S3_ENDPOINT: httpUrl('https://s3.example.org').nullable().default(null),
  S3_REGION: z.string().default('us-east-1'),
  S3_BUCKET: z.string().optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag.optional(),
  OPENAI_API_KEY: z.string().nullable().default(null),
  OPENAI_BASE_URL: httpUrl('https://api.openai.com/v1')
    .transform((value) => value.replace(/\/+$/, ''))
    .nullable()
    .default(null),
  PARLEY_EMBEDDED: handover.nullable().default(null),
  REALTIME_MODEL: z.string().default('gpt-realtime-2.1'),
  TRANSCRIPTION_MODEL: z.string().default('gpt-transcribe'),
  REALTIME_VOICE: z.string().default('marin'),
  EVALUATION_MODEL: z.string().nullable().default(null),
  PROVIDER_TIMEOUT_SECONDS: wholeNumber(1, 60).default(10),
  MAX_SESSION_MINUTES: wholeNumber(1, 15).default(15),
  MAX_ACTIVE_CONVERSATIONS: wholeNumber(1, 100).default(3),
  DAILY_MINUTES_LOCKED: minutes,
  DAILY_MINUTES_BASIC: minutes,
  DAILY_MINUTES_PRO: minutes,
  RECORDINGS_KEEP_DAYS: wholeNumber(1, 36_500).nullable().default(null),
  PRO_ACTIVATES_PACKS: flag.default(false),
  STRIPE_SECRET_KEY: z.string().optional(),
  STRIPE_WEBHOOK_SECRET: z.string().optional(),
  STRIPE_PRICE_BASIC: z.string().optional(),
  STRIPE_PRICE_PRO: z.string().optional(),
  STRIPE_API_BASE: z
    .string()
    .refine(isOrigin, 'must be an http or https address without a path')
    .nullable()
    .default(null),
  REDIS_URL: redisUrl.nullable().default(null),
  PARTNER_ICE_ADDRESSES: addressList.default([]),
  PARTNER_PORT: wholeNumber(0, 65_535).default(0),
  PARTNER_MOST_CALLS: wholeNumber(1, 1_000).nullable().default(null),
  PARLEY_SPEECH_MODEL_DIR: z.string().nullable().default(null),
  ...limitVariables,
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be one of fatal, error, warn, info, debug, trace, silent',
    )
    .default('warn'),
})

type Variables = z.infer<typeof variables>

function nodeFaults(version: string): string[] {
  const major = Number.parseInt(version, 10)
  return major >= 24
    ? []
    : [
        `Node: version 24 or newer is needed, and this is ${version}; start with "npm start", which brings its own on Linux, or install Node 24`,
      ]
}

function toConfig(env: Variables): Config {
  const hasProvider = env.OPENAI_API_KEY !== null || env.OPENAI_BASE_URL !== null
  return {
    host: env.HOST,
    port: env.PORT,
    isLoopbackOnly: isLoopback(env.HOST),
    publicUrl: env.PUBLIC_URL,
    trustProxy: env.TRUST_PROXY,
    dataDirectory: path.resolve(env.PARLEY_DATA_DIR),
    database:
      env.DATABASE_URL === undefined
        ? null
        : { url: env.DATABASE_URL, ownerUrl: env.DATABASE_OWNER_URL ?? env.DATABASE_URL },
    s3: toS3Config(env),
    realtime: hasProvider ? { apiKey: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL } : null,
    embedded: env.PARLEY_EMBEDDED,
    models: { realtime: env.REALTIME_MODEL, transcription: env.TRANSCRIPTION_MODEL, voice: env.REALTIME_VOICE },
    evaluationModel: env.EVALUATION_MODEL,
    providerTimeoutMs: env.PROVIDER_TIMEOUT_SECONDS * 1_000,
    limits: {
      maxSessionSeconds: env.MAX_SESSION_MINUTES * 60,
      maxActiveConversations: env.MAX_ACTIVE_CONVERSATIONS,
      dailyMinutes: { LOCKED: env.DAILY_MINUTES_LOCKED, BASIC: env.DAILY_MINUTES_BASIC, PRO: env.DAILY_MINUTES_PRO },
    },
    api: toApiLimits(env),
    newUserEntitlement: env.STRIPE_SECRET_KEY === undefined ? 'BASIC' : 'LOCKED',
    stripe: toStripeConfig(env),
    redisUrl: env.REDIS_URL,
    proActivatesPacks: env.PRO_ACTIVATES_PACKS,
    recordingsKeepDays: env.RECORDINGS_KEEP_DAYS,
    partner: {
      iceAddresses: env.PARTNER_ICE_ADDRESSES,
      port: env.PARTNER_PORT,
      mostCalls: env.PARTNER_MOST_CALLS,
      speechModelDirectory: env.PARLEY_SPEECH_MODEL_DIR,
    },
    logLevel: env.LOG_LEVEL,
  }
}

/** Path style by default where an endpoint is named: AWS alone is known to have a host name for every bucket. */
function toS3Config(env: Variables): S3Config | null {
  if (env.S3_BUCKET === undefined || env.S3_ACCESS_KEY_ID === undefined || env.S3_SECRET_ACCESS_KEY === undefined)
    return null
  return {
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    bucket: env.S3_BUCKET,
    accessKeyId: env.S3_ACCESS_KEY_ID,
    secretAccessKey: env.S3_SECRET_ACCESS_KEY,
    forcePathStyle: env.S3_FORCE_PATH_STYLE ?? env.S3_ENDPOINT !== null,
  }
}

function toStripeConfig(env: Variables): StripeConfig | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = env
  const { STRIPE_PRICE_BASIC: basic, STRIPE_PRICE_PRO: pro } = env
  if (secretKey === undefined || webhookSecret === undefined || basic === undefined || pro === undefined) return null
  return { secretKey, webhookSecret, prices: { BASIC: basic, PRO: pro }, apiBase: env.STRIPE_API_BASE }
}
