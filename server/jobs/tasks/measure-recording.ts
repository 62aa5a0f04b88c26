import type { RecordingId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { measureRecordingPayload } from '../definitions.ts'

/** Measures a recording that was stored. */
export async function measureRecording(services: Services, payload: unknown): Promise<void> {
  const { recordingId } = measureRecordingPayload.parse(payload)
  await services.measureRecording(recordingId as RecordingId)
}
