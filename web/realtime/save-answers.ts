/**
 * Brings the answers of a speaking test to the server that the learner has handed in. What may still be recorded anew
 * stays here, and so does the test: only its learner ends it.
 */
import type { Outbox, OutboxPart } from './outbox.ts'
import { saveRecording } from './save-recording.ts'
import type { SaveSessionDeps } from './save-session.ts'
import { ApiFault } from './session-api.ts'

/** Resolves when no answer is owed. An answer that the server refuses is kept, keeps no other from being saved, and is told at the end. */
export async function saveAnswers(sessionId: string, deps: SaveSessionDeps): Promise<void> {
  const refusals = new Map<number, ApiFault>()
  // Others may be handed in meanwhile.
  for (let next = await findNext(); next; next = await findNext()) {
    try {
      await saveRecording(next, { ...deps, onStep: (step) => deps.onStep?.(step) })
      await deps.outbox.removePart(sessionId, next.part)
    } catch (error) {
      if (!(error instanceof ApiFault) || error.isRetryable) throw error
      refusals.set(next.part, error)
    }
  }
  const [refusal] = refusals.values()
  if (refusal) throw refusal

  async function findNext(): Promise<OutboxPart | undefined> {
    return (await listOwed(deps.outbox, sessionId)).find(({ part }) => !refusals.has(part))
  }
}

/** What was handed in and is not yet at the server, by part number. */
export async function listOwed(outbox: Pick<Outbox, 'listParts'>, sessionId: string): Promise<OutboxPart[]> {
  return (await outbox.listParts(sessionId)).filter(isOwed)
}

export function isOwed(part: OutboxPart): boolean {
  return part.isHeldBack !== true
}
