import { createS3BlobStore } from '../../server/storage/s3-blob-store.ts'
import { startS3Server } from '../support/s3-server.ts'
import { describeBlobStore } from './blob-store-contract.ts'

describeBlobStore('S3 store', async () => {
  const server = await startS3Server()
  const lost = { ...server.settings, endpoint: 'http://127.0.0.1:1' }
  const storeAt = (clock: () => Date) => createS3BlobStore({ ...server.settings, clock }, server.client)
  return {
    store: storeAt(() => new Date()),
    storeAt,
    lostStore: createS3BlobStore({ ...lost, clock: () => new Date() }),
    origin: server.settings.endpoint ?? '',
    close: () => server.close(),
  }
})
