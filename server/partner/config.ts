/** The partner's settings, read once from the environment. Every fault is named with its variable. */
import { isIP } from 'node:net'
import { availableParallelism } from 'node:os'
import { z } from 'zod'

/** What a core of a small server paces without glitches. */
const CALLS_PER_CORE = 10
const LEAST_CAPACITY = 20

const commaList = (value: string) =>
  value
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

const environmentSchema = z.object({
  PARTNER_HOST: z.string().trim().min(1).default('127.0.0.1'),
  PARTNER_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  PARTNER_API_KEY: z
    .string({ error: 'is required: the bearer key that mints client secrets' })
    .min(16, 'needs at least 16 characters'),
  PARTNER_ICE_ADDRESSES: z
    .string()
    .default('')
    .transform(commaList)
    .refine((list) => list.every((address) => isIP(address) !== 0), 'must be IP addresses separated by commas'),
  PARTNER_ALLOWED_ORIGINS: z.string().default('').transform(commaList),
  PARTNER_MOST_CALLS: z.coerce.number().int().min(1).max(1_000).optional(),
  PARTNER_TEST_MODE: z.enum(['0', '1']).default('0'),
  PARLEY_SPEECH_MODEL_DIR: z.string().trim().min(1).optional(),
})

export interface PartnerConfig {
  host: string
  /** 0: any free port. */
  port: number
  apiKey: string
  /** Addresses offered as host candidates; empty: those of all interfaces. */
  iceAddresses: readonly string[]
  /** Origins that may call from a browser; empty: any, since every call needs a secret of its own. */
  allowedOrigins: readonly string[]
  /** More calls at once than this are refused: the machine could not pace their sound. */
  mostCalls: number
  /** Takes orders to misbehave, for tests of those who call it. */
  isTestMode: boolean
  /** Holds a speech model that understands free speech; null: none is installed. */
  speechModelDirectory: string | null
}

/** Settings that cannot be used; the message has one line for each variable at fault. */
export class PartnerConfigError extends Error {
  constructor(faults: string) {
    super(faults)
    this.name = 'PartnerConfigError'
  }
}

/** Throws PartnerConfigError. */
export function parseConfig(environment: Record<string, string | undefined>): PartnerConfig {
  const parsed = environmentSchema.safeParse(withoutEmpty(environment))
  if (!parsed.success) {
    throw new PartnerConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'),
    )
  }
  const settings = parsed.data
  return {
    host: settings.PARTNER_HOST,
    port: settings.PARTNER_PORT,
    apiKey: settings.PARTNER_API_KEY,
    iceAddresses: settings.PARTNER_ICE_ADDRESSES,
    allowedOrigins: settings.PARTNER_ALLOWED_ORIGINS,
    mostCalls: settings.PARTNER_MOST_CALLS ?? Math.max(LEAST_CAPACITY, CALLS_PER_CORE * availableParallelism()),
    isTestMode: settings.PARTNER_TEST_MODE === '1',
    speechModelDirectory: settings.PARLEY_SPEECH_MODEL_DIR ?? null,
  }
}

function withoutEmpty(environment: Record<string, string | undefined>) {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
}
