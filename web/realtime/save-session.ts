/**
 * Finishes a session, right after End or at a later visit: the rest of the transcript, the end, the recordings.
 * It resolves only when nothing is owed any more; until then everything stays in the outbox and it can be called again.
 */
import type { Outbox } from './outbox.ts'
import { retry } from './retry.ts'
import { saveAnswers } from './save-answers.ts'
import { saveRecording, type SaveRecordingDeps } from './save-recording.ts'
import { maxBatch } from './segment-queue.ts'
import { ApiFault, type SessionApi } from './session-api.ts'
import { orderByChain } from '../../server/domain/transcript-order.ts'

export type SaveStep = 'transcript' | 'preparing' | 'uploading' | 'checking' | 'saved'

export interface SaveSessionDeps extends Omit<SaveRecordingDeps, 'api' | 'outbox' | 'onStep'> {
  api: Pick<SessionApi, 'appendSegments' | 'endSession' | 'presignRecording' | 'completeRecording'>
  outbox: Outbox
  onStep?: (step: SaveStep) => void
}

/** Throws the fault that stood in the way, with everything still kept. */
export async function saveSession(sessionId: string, deps: SaveSessionDeps): Promise<void> {
  const session = await deps.outbox.findSession(sessionId)
  if (!session) return
  if (session.isTest) return saveAnswers(sessionId, deps)
  deps.onStep?.('transcript')
  const { length } = await deps.outbox.listSegments(sessionId)
  if (!session.isEndSent) {
    await retry(() => deps.api.endSession(sessionId, 'COMPLETED', length), deps.retry)
    await deps.outbox.updateSession(sessionId, { isEndSent: true })
  }
  // A transcript that the server refuses must not keep the sound from being saved: that is told at the end.
  const refusal = await sendSegments(sessionId, deps).then(() => null, asRefusal)
  // Some may have been stored before, with their acknowledgement lost: only this side knows that nothing is owed any more.
  if (!refusal && length > 0) await retry(() => deps.api.endSession(sessionId, 'COMPLETED', 0), deps.retry)
  for (const part of await deps.outbox.listParts(sessionId)) {
    await saveRecording(part, { ...deps, onStep: (step) => deps.onStep?.(step) })
  }
  if (refusal) throw refusal
  await deps.outbox.removeSession(sessionId)
  deps.onStep?.('saved')
}

function asRefusal(error: unknown): ApiFault {
  if (error instanceof ApiFault && !error.isRetryable) return error
  throw error
}

async function sendSegments(sessionId: string, deps: SaveSessionDeps): Promise<void> {
  const held = await deps.outbox.listSegments(sessionId)
  const ordered = orderByChain(held.map((segment) => ({ ...segment, receivedStartMs: segment.startMs })))
  for (let sent = 0; sent < ordered.length; sent += maxBatch) {
    // After the end only finals are taken: what was partial when the page went away stays as far as it was heard.
    const batch = ordered.slice(sent, sent + maxBatch).map(({ receivedStartMs: _placed, ...segment }) => segment)
    await retry(
      () =>
        deps.api.appendSegments(
          sessionId,
          batch.map((segment) => ({ ...segment, final: true })),
        ),
      deps.retry,
    )
    await deps.outbox.acknowledgeSegments(sessionId, batch)
  }
}
