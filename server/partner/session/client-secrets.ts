/** Client secrets: short-lived keys that start calls with the configuration they were minted with. Held in memory only. */
import { createHash, randomBytes } from 'node:crypto'
import type { Scenario } from './scenario.ts'
import type { SessionConfig } from './session-config.ts'

export interface MintedSecret {
  /** Shown once; only its hash is kept. */
  value: string
  expiresAtMs: number
}

export interface HeldSecret {
  /** Tells the secret from others, and opens nothing. */
  key: string
  session: SessionConfig
  scenario: Scenario | null
  expiresAtMs: number
  /** Offers that came with it. */
  offers: number
}

export interface ClientSecrets {
  /** Throws TooManySecretsError. */
  mint(session: SessionConfig, ttlSeconds: number, scenario?: Scenario | null): MintedSecret
  /** What a secret stands for; null when it is unknown or has expired. A secret may start several calls until then. */
  find(value: string): HeldSecret | null
}

/** Ends when secrets expire. */
export class TooManySecretsError extends Error {}

/** Source: OpenAI Realtime API, `expires_after.seconds`. */
export const SECRET_TTL_SECONDS = { min: 10, max: 7_200, fallback: 600 }
const MOST_SECRETS = 10_000

export function createClientSecrets(now: () => number = Date.now): ClientSecrets {
  const held = new Map<string, HeldSecret>()
  const dropExpired = () => {
    for (const [key, secret] of held) if (secret.expiresAtMs <= now()) held.delete(key)
  }
  return {
    mint(session, ttlSeconds, scenario = null) {
      dropExpired()
      if (held.size >= MOST_SECRETS) throw new TooManySecretsError('Too many secrets wait to be used')
      const value = `ek_${randomBytes(24).toString('base64url')}`
      const expiresAtMs = now() + ttlSeconds * 1_000
      const key = toSecretKey(value)
      held.set(key, { key, session, scenario, expiresAtMs, offers: 0 })
      return { value, expiresAtMs }
    },
    find(value) {
      const secret = held.get(toSecretKey(value))
      return secret && secret.expiresAtMs > now() ? secret : null
    },
  }
}

export function toSecretKey(value: string): string {
  return createHash('sha256').update(value).digest('base64')
}
