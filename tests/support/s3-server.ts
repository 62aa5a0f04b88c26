/** An S3 server on the loopback address, for tests only: it accepts much that a real one refuses. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { createS3Client, type S3BlobStoreOptions } from '../../server/storage/s3-blob-store.ts'

interface S3Rver {
  configureBuckets(): Promise<unknown>
  run(): Promise<{ port: number }>
  close(): Promise<unknown>
}

export interface S3Server {
  settings: Omit<S3BlobStoreOptions, 'clock'>
  client: S3Client
  close(): Promise<void>
}

export async function startS3Server(): Promise<S3Server> {
  const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: object) => S3Rver
  const directory = await mkdtemp(path.join(tmpdir(), 'parley-s3-'))
  const bucket = 'recordings'
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    configureBuckets: [{ name: bucket, configs: [] }],
  })
  await server.configureBuckets()
  const { port } = await server.run()
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    bucket,
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    forcePathStyle: true,
  }
  return {
    settings,
    client: withoutTrailingSlash(createS3Client(settings)),
    async close() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** This server knows a bucket as /name, and the SDK asks for /name/. */
function withoutTrailingSlash(client: S3Client): S3Client {
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { path: string }
      if (request.path.length > 1) request.path = request.path.replace(/\/$/, '')
      return next(args)
    },
    { step: 'build', name: 'withoutTrailingSlash' },
  )
  return client
}
