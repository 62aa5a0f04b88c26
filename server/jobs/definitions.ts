/** Every job: its name, what it carries, and under which key it replaces one that waits. */
import { z } from 'zod'
import type { SessionId } from '../domain/ids.ts'

export interface JobRequest {
  task: string
  payload: unknown
  runAt: Date
  key: string
}

/** Closes a session whose time is up, and hangs its call up, unless its page did so before. */
export function closeAtCapJob(sessionId: SessionId, runAt: Date): JobRequest {
  return { task: 'abandon-sessions', payload: {}, runAt, key: `close-at-cap:${sessionId}` }
}

export const finalizeTranscriptPayload = z.object({ sessionId: z.uuid() })

/** Closes a session's transcript at `runAt`; asked again it moves. */
export function finalizeTranscriptJob(sessionId: SessionId, runAt: Date): JobRequest {
  return { task: 'finalize-transcript', payload: { sessionId }, runAt, key: `finalize-transcript:${sessionId}` }
}
