import type { RecordingRecord } from '../../db/queries/recording.ts'
import { type Measurement, parseMeasurementFile } from '../audio/measurement-file.ts'
import { BlobStoreUnavailableError } from '../storage/blob-store.ts'
import type { ServiceDeps } from './service-deps.ts'

/** Levels and peaks of a recording; null until it is measured, and when the store has lost them. Throws BlobStoreUnavailableError. */
export async function readMeasurement(
  deps: Pick<ServiceDeps, 'blobs' | 'log'>,
  recording: Pick<RecordingRecord, 'id' | 'measurementKey'>,
): Promise<Measurement | null> {
  if (recording.measurementKey === null) return null
  const stream = await deps.blobs.read(recording.measurementKey)
  const measurement = stream && parseMeasurementFile(await readAll(stream))
  if (!measurement) deps.log.warn({ recordingId: recording.id }, 'the store has lost what was measured of a recording')
  return measurement
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk))
    return new Uint8Array(Buffer.concat(chunks))
  } catch (error) {
    throw new BlobStoreUnavailableError('read an object', error)
  }
}
