import type { RecordingId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { transcribeRecordingPayload } from '../definitions.ts'

/** Writes down what was said in a recording that was stored. */
export async function transcribeRecording(
  services: Services,
  payload: unknown,
  options: { isLastTry: boolean },
): Promise<void> {
  const { recordingId } = transcribeRecordingPayload.parse(payload)
  await services.transcribeRecording(recordingId as RecordingId, options)
}
