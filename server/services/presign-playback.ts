import type { RecordingRecord } from '../../db/queries/recording.ts'
import type { ServiceDeps } from './service-deps.ts'

const playbackSeconds = 15 * 60

/** A signed address that plays the recording for 15 minutes; null until it is verified, once it is pruned, and when the store has lost it. */
export async function presignPlayback(
  deps: Pick<ServiceDeps, 'blobs'>,
  recording: RecordingRecord,
): Promise<string | null> {
  const isGone = recording.missingAt !== null || recording.prunedAt !== null
  if (recording.storageKey === null || isGone) return null
  return (await deps.blobs.presignGet(recording.storageKey, { expiresInSeconds: playbackSeconds })).url
}
