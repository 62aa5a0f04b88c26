import type { RecordingRecord } from '../../db/queries/recording.ts'
import { spreadPeaks } from '../audio/sound-envelope.ts'
import { InvalidInputError } from '../domain/errors.ts'
import { asStorageError } from './as-storage-error.ts'
import { readMeasurement } from './read-measurement.ts'
import type { ServiceDeps } from './service-deps.ts'

const mostPeaks = 4_000

/**
 * Exactly `count` peaks of the learner's side, 0 to 255, over the whole recording; null until it is measured.
 * Throws InvalidInputError (1 to 4,000), StorageError.
 */
export async function listPeaks(
  deps: Pick<ServiceDeps, 'blobs' | 'log'>,
  recording: RecordingRecord,
  count: number,
): Promise<number[] | null> {
  if (count < 1 || count > mostPeaks) {
    const message = `Ask for 1 to ${mostPeaks}.`
    throw new InvalidInputError([{ path: ['count'], message }], message)
  }
  const measurement = await asStorageError(() => readMeasurement(deps, recording))
  return measurement && spreadPeaks(measurement.peaks, count)
}
