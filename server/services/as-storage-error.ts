import { StorageError } from '../domain/errors.ts'
import { BlobStoreUnavailableError } from '../storage/blob-store.ts'

/** Turns a store that cannot be reached into the fault that says so. */
export async function asStorageError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof BlobStoreUnavailableError)) throw error
    throw new StorageError('The recordings cannot be reached right now. Nothing is lost: try again in a minute.', {
      cause: error,
    })
  }
}
