import type { SessionId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { evaluateSessionPayload } from '../definitions.ts'

/** Measures and judges a session that has ended. */
export async function evaluateSession(
  services: Services,
  payload: unknown,
  options: { isLastTry: boolean },
): Promise<void> {
  const { sessionId } = evaluateSessionPayload.parse(payload)
  await services.evaluateSession(sessionId as SessionId, options)
}
