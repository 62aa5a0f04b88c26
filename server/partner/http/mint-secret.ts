/** POST /v1/realtime/client_secrets: the platform's server, with the partner's key, gets a secret for one browser. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { newId } from '../call.ts'
import { SECRET_TTL_SECONDS, type ClientSecrets } from '../session/client-secrets.ts'
import { createSessionConfig, sessionPatchSchema, type SessionConfig } from '../session/session-config.ts'
import { ApiError } from './api-error.ts'
import { readBearer, readText } from './request-body.ts'

const MOST_BYTES = 512 * 1024

const bodySchema = z.looseObject({
  expires_after: z
    .looseObject({ seconds: z.number().int().min(SECRET_TTL_SECONDS.min).max(SECRET_TTL_SECONDS.max).optional() })
    .optional(),
  session: sessionPatchSchema.optional(),
})

export interface MintParts {
  apiKey: string
  secrets: ClientSecrets
  /** Told of each minted session, so that its opening can be made ahead. */
  minted: (config: SessionConfig) => void
}

/** Throws ApiError 400, 401, 413. */
export async function mintSecret(request: IncomingMessage, { apiKey, secrets, minted }: MintParts) {
  if (!isSame(readBearer(request), apiKey)) throw new ApiError(401, 'invalid_api_key', 'Incorrect API key provided.')
  const body = parseBody(await readText(request, MOST_BYTES))
  const config = createSessionConfig(newId('sess'), body.session ?? { type: 'realtime' })
  const secret = secrets.mint(config, body.expires_after?.seconds ?? SECRET_TTL_SECONDS.fallback)
  minted(config)
  return { value: secret.value, expires_at: Math.floor(secret.expiresAtMs / 1_000), session: config }
}

function parseBody(text: string): z.infer<typeof bodySchema> {
  let raw: unknown
  try {
    raw = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new ApiError(400, 'invalid_json', 'The request body is not JSON.')
  }
  const parsed = bodySchema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ApiError(400, 'invalid_value', issue?.message ?? 'Invalid request body.', issue?.path.join('.') || null)
}

function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(left), hash(right))
}
