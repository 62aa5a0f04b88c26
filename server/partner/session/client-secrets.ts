/** Client secrets: short-lived keys that start calls with the configuration they were minted with. Held in memory only. */
import { createHash, randomBytes } from 'node:crypto'
import type { SessionConfig } from './session-config.ts'

export interface MintedSecret {
  /** Shown once; only its hash is kept. */
  value: string
  expiresAtMs: number
}

export interface ClientSecrets {
  mint(session: SessionConfig, ttlSeconds: number): MintedSecret
  /** The session a secret stands for; null when it is unknown or has expired. A secret may start several calls until then. */
  find(value: string): SessionConfig | null
}

/** Source: OpenAI Realtime API, `expires_after.seconds`. */
export const SECRET_TTL_SECONDS = { min: 10, max: 7_200, fallback: 600 }

export function createClientSecrets(now: () => number = Date.now): ClientSecrets {
  const held = new Map<string, { session: SessionConfig; expiresAtMs: number }>()
  const dropExpired = () => {
    for (const [hash, secret] of held) if (secret.expiresAtMs <= now()) held.delete(hash)
  }
  return {
    mint(session, ttlSeconds) {
      dropExpired()
      const value = `ek_${randomBytes(24).toString('base64url')}`
      const expiresAtMs = now() + ttlSeconds * 1_000
      held.set(hashOf(value), { session, expiresAtMs })
      return { value, expiresAtMs }
    },
    find(value) {
      const secret = held.get(hashOf(value))
      return secret && secret.expiresAtMs > now() ? secret.session : null
    },
  }
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64')
}
