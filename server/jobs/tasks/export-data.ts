import type { DataExportId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { exportDataPayload } from '../definitions.ts'

/** Makes a copy of somebody's data. */
export async function exportData(services: Services, payload: unknown, options: { isLastTry: boolean }): Promise<void> {
  const { exportId } = exportDataPayload.parse(payload)
  await services.exportData(exportId as DataExportId, options)
}
