/** Every job: its name, what it carries, and under which key it replaces one that waits. */
import { z } from 'zod'
import type { DataExportId, DeletionId, RecordingId, SessionId } from '../domain/ids.ts'

export interface JobRequest {
  task: string
  payload: unknown
  runAt: Date
  key: string
  /** Jobs of one queue run one after another, on whichever node; the others as they come. */
  queue?: string
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

export const measureRecordingPayload = z.object({ recordingId: z.uuid() })

/** Measures what a stored recording sounds like. */
export function measureRecordingJob(recordingId: RecordingId, runAt: Date): JobRequest {
  return { task: 'measure-recording', payload: { recordingId }, runAt, key: `measure-recording:${recordingId}` }
}

export const transcribeRecordingPayload = z.object({ recordingId: z.uuid() })

/** Writes down what was said in a stored recording that no partner heard live. */
export function transcribeRecordingJob(recordingId: RecordingId, runAt: Date): JobRequest {
  return { task: 'transcribe-recording', payload: { recordingId }, runAt, key: `transcribe-recording:${recordingId}` }
}

export const evaluateSessionPayload = z.object({ sessionId: z.uuid() })

/** Judges a session at `runAt`; asked again it moves. */
export function evaluateSessionJob(sessionId: SessionId, runAt: Date): JobRequest {
  return { task: 'evaluate-session', payload: { sessionId }, runAt, key: `evaluate-session:${sessionId}` }
}

export const finishDeletionPayload = z.object({ deletionId: z.uuid() })

/** Deletes what the store holds of something deleted. Twice, at most: what was under way comes to lie there afterwards. */
export function finishDeletionJob(deletionId: DeletionId, runAt: Date, pass: 'first' | 'last'): JobRequest {
  return { task: 'finish-deletion', payload: { deletionId }, runAt, key: `finish-deletion:${pass}:${deletionId}` }
}

export const exportDataPayload = z.object({ exportId: z.uuid() })

/** Makes a copy of somebody's data. One at a time: whoever waits for feedback does not wait for it. */
export function exportDataJob(exportId: DataExportId, runAt: Date): JobRequest {
  return { task: 'export-data', payload: { exportId }, runAt, key: `export-data:${exportId}`, queue: 'export-data' }
}

/** Of all jobs about these sessions and their recordings. */
export function jobKeysOf(sessionIds: readonly SessionId[], recordingIds: readonly RecordingId[]): string[] {
  const at = new Date(0)
  const jobs = [
    ...[closeAtCapJob, finalizeTranscriptJob, evaluateSessionJob].flatMap((job) => sessionIds.map((id) => job(id, at))),
    ...[measureRecordingJob, transcribeRecordingJob].flatMap((job) => recordingIds.map((id) => job(id, at))),
  ]
  return jobs.map(({ key }) => key)
}
