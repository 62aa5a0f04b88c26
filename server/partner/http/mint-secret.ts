/** POST /v1/realtime/client_secrets: the platform's server, with the partner's key, gets a secret for one browser. */
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { newId } from '../call.ts'
import { SECRET_TTL_SECONDS, TooManySecretsError, type ClientSecrets } from '../session/client-secrets.ts'
import { scenarioSchema, type Scenario } from '../session/scenario.ts'
import { createSessionConfig, sessionPatchSchema, type SessionConfig } from '../session/session-config.ts'
import { ApiError } from './api-error.ts'
import { requireApiKey } from './bearer.ts'
import { misbehave } from './misbehave.ts'
import { readText } from './request-body.ts'

const MOST_BYTES = 512 * 1024

const bodySchema = z.looseObject({
  expires_after: z
    .looseObject({ seconds: z.number().int().min(SECRET_TTL_SECONDS.min).max(SECRET_TTL_SECONDS.max).optional() })
    .optional(),
  session: sessionPatchSchema.optional(),
  parley: z.looseObject({ scenario: z.unknown().optional() }).optional(),
})

export interface MintParts {
  apiKey: string
  secrets: ClientSecrets
  /** Scenarios are taken. */
  isTestMode: boolean
  /** Told of each minted session, so that its opening can be made ahead. */
  minted: (config: SessionConfig) => void
}

/** The answer's body; a text only where a scenario wants garbage. Throws ApiError 400, 401, 413, 429. */
export async function mintSecret(request: IncomingMessage, parts: MintParts): Promise<unknown> {
  requireApiKey(request, parts.apiKey)
  const body = parseBody(await readText(request, MOST_BYTES))
  const scenario = parseScenario(body.parley?.scenario, parts.isTestMode)
  if (await misbehave(scenario?.secrets, 1)) return '<html>It works!</html>'
  const config = createSessionConfig(newId('sess'), body.session ?? { type: 'realtime' })
  const secret = mint(parts.secrets, config, body.expires_after?.seconds ?? SECRET_TTL_SECONDS.fallback, scenario)
  parts.minted(config)
  return { value: secret.value, expires_at: Math.floor(secret.expiresAtMs / 1_000), session: config }
}

function mint(secrets: ClientSecrets, config: SessionConfig, seconds: number, scenario: Scenario | null) {
  try {
    return secrets.mint(config, seconds, scenario)
  } catch (error) {
    if (!(error instanceof TooManySecretsError)) throw error
    throw new ApiError(429, 'too_many_secrets', 'Too many client secrets wait to be used.')
  }
}

function parseScenario(raw: unknown, isTestMode: boolean): Scenario | null {
  if (raw === undefined) return null
  if (!isTestMode)
    throw new ApiError(400, 'scenario_not_allowed', 'Scenarios are taken in test mode only.', 'parley.scenario')
  return parse(scenarioSchema, raw, ['parley', 'scenario'])
}

function parseBody(text: string): z.infer<typeof bodySchema> {
  let raw: unknown
  try {
    raw = text.trim() === '' ? {} : JSON.parse(text)
  } catch {
    throw new ApiError(400, 'invalid_json', 'The request body is not JSON.')
  }
  return parse(bodySchema, raw, [])
}

function parse<T>(schema: z.ZodType<T>, raw: unknown, place: readonly string[]): T {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const param = [...place, ...(issue?.path ?? [])].join('.') || null
  throw new ApiError(400, 'invalid_value', issue?.message ?? 'Invalid request body.', param)
}
