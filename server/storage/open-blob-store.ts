import { type BlobStore, BlobStoreUnavailableError } from './blob-store.ts'
import { createDiskBlobStore, type DiskBlobStore } from './disk-blob-store.ts'
import { createS3BlobStore, type S3BlobStoreOptions } from './s3-blob-store.ts'

export interface OpenBlobStoreOptions {
  s3: Omit<S3BlobStoreOptions, 'clock'> | null
  /** Of recordings on local disk; used where there is no S3. */
  directory: string
  signingKey: Buffer
  publicUrl: string | null
  clock: () => Date
  /** An S3 store that is away for the moment keeps nobody from reading transcripts: the start goes on. */
  onUnavailable: (error: BlobStoreUnavailableError) => void
}

/** The store of this installation. Throws BlobStoreUnavailableError where the local folder cannot be written to. */
export async function openBlobStore(options: OpenBlobStoreOptions): Promise<BlobStore> {
  if (options.s3 === null) {
    const store = createDiskBlobStore(options)
    await store.prepare()
    return store
  }
  const store = createS3BlobStore({ ...options.s3, clock: options.clock })
  await store.check().catch((error: unknown) => {
    if (!(error instanceof BlobStoreUnavailableError)) throw error
    options.onUnavailable(error)
  })
  return store
}

/** Its addresses are served by our own HTTP. */
export function isDiskBlobStore(store: BlobStore): store is DiskBlobStore {
  return 'parseAddress' in store
}
