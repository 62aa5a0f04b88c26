import type { DeletionId } from '../../domain/ids.ts'
import type { Services } from '../../services/index.ts'
import { finishDeletionPayload } from '../definitions.ts'

/** Deletes what the store holds of something that was deleted. */
export async function finishDeletion(services: Services, payload: unknown): Promise<void> {
  const { deletionId } = finishDeletionPayload.parse(payload)
  await services.finishDeletion(deletionId as DeletionId)
}
