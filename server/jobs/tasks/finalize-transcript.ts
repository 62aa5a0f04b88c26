import type { SessionId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { finalizeTranscriptPayload } from '../definitions.ts'

/** Closes the transcript of a session that has ended. */
export async function finalizeTranscript(services: Services, payload: unknown): Promise<void> {
  const { sessionId } = finalizeTranscriptPayload.parse(payload)
  await services.finalizeTranscript(sessionId as SessionId)
}
