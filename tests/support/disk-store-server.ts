import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fastify, type FastifyInstance } from 'fastify'
import { createThrottles, toAllowances } from '../../server/auth/throttle.ts'
import { parseConfig } from '../../server/config.ts'
import { registerBlobRoutes } from '../../server/http/blobs.ts'
import { createDiskBlobStore, type DiskBlobStore } from '../../server/storage/disk-blob-store.ts'

export interface DiskStoreServer {
  store: DiskBlobStore
  storeAt(clock: () => Date): DiskBlobStore
  /** Its folder is a file. */
  lostStore: DiskBlobStore
  directory: string
  origin: string
  app: FastifyInstance
  close(): Promise<void>
}

/** The embedded store behind its own HTTP, in a temporary folder. */
export async function startDiskStoreServer(): Promise<DiskStoreServer> {
  const root = await mkdtemp(path.join(tmpdir(), 'parley-blobs-'))
  const directory = path.join(root, 'blobs')
  const signingKey = randomBytes(32)
  const storeAt = (clock: () => Date) => createDiskBlobStore({ directory, signingKey, publicUrl: null, clock })
  const store = storeAt(() => new Date())
  await store.prepare()
  await writeFile(path.join(root, 'file'), '')
  const lost = { directory: path.join(root, 'file', 'blobs'), signingKey, publicUrl: null, clock: () => new Date() }
  const app = fastify({ forceCloseConnections: true })
  const { file } = createThrottles(toAllowances(parseConfig({}).api))
  await registerBlobRoutes(app, store, file)
  const origin = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    store,
    storeAt,
    lostStore: createDiskBlobStore(lost),
    directory,
    origin,
    app,
    async close() {
      await app.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
