/** Any store that speaks S3: AWS, R2, MinIO, Ceph. The only importer of the AWS SDK. */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import {
  assertBlobKey,
  assertBlobPrefix,
  type BlobHead,
  BlobNotFoundError,
  type BlobStore,
  BlobStoreUnavailableError,
  type ByteRange,
  type ListedBlob,
  type PresignedPut,
  type PresignGetInput,
  type PresignPutInput,
} from './blob-store.ts'
import { toAttachment } from './content-disposition.ts'

export interface S3BlobStoreOptions {
  /** Null: AWS itself, by its region. */
  endpoint: string | null
  region: string
  bucket: string
  accessKeyId: string
  secretAccessKey: string
  forcePathStyle: boolean
  clock: () => Date
}

const checksumHeader = 'x-amz-checksum-sha256'

/** `client` stands in for the one made from the options: for tests against a store with quirks. */
export function createS3BlobStore(options: S3BlobStoreOptions, client = createS3Client(options)): BlobStore {
  const { bucket, clock } = options
  const toExpiry = (seconds: number): Date => new Date(clock().getTime() + seconds * 1_000)
  const at = (key: string): { Bucket: string; Key: string } => {
    assertBlobKey(key)
    return { Bucket: bucket, Key: key }
  }
  return {
    presignPut: (input) => presignPut(client, at(input.key), input, clock, toExpiry(input.expiresInSeconds)),
    async presignGet(key, input) {
      const url = await presignGet(client, at(key), input, clock)
      return { url, expiresAt: toExpiry(input.expiresInSeconds) }
    },
    head: (key) => headVerified(client, at(key)),
    async copy(fromKey, toKey) {
      const CopySource = `${bucket}/${at(fromKey).Key}`
      const copied = await orNull(
        'copy an object',
        client.send(new CopyObjectCommand({ ...at(toKey), CopySource, ChecksumAlgorithm: 'SHA256' })),
      )
      if (copied === null) throw new BlobNotFoundError()
    },
    put: (key, content, mimeType) => put(client, at(key), content, mimeType),
    putStream: (key, content, mimeType) => putStream(client, at(key), content, mimeType),
    async delete(key) {
      await orNull('delete an object', client.send(new DeleteObjectCommand(at(key))))
    },
    read: (key, range) => read(client, at(key), range),
    list: (prefix) => list(client, bucket, prefix),
    async check() {
      const found = await orNull('be reached', client.send(new HeadBucketCommand({ Bucket: bucket })))
      if (found === null) throw new BlobStoreUnavailableError('find its bucket', null)
    },
  }
}

export function createS3Client(options: Omit<S3BlobStoreOptions, 'clock' | 'bucket'>): S3Client {
  return new S3Client({
    ...(options.endpoint === null ? {} : { endpoint: options.endpoint }),
    region: options.region,
    forcePathStyle: options.forcePathStyle,
    credentials: { accessKeyId: options.accessKeyId, secretAccessKey: options.secretAccessKey },
    // Many stores refuse the trailing checksums that the SDK would add to everything.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000 },
  })
}

interface ObjectPlace {
  Bucket: string
  Key: string
}

/** Length, type and checksum are part of the signature: a store that gets anything else refuses it by itself. */
async function presignPut(
  client: S3Client,
  place: ObjectPlace,
  input: PresignPutInput,
  clock: () => Date,
  expiresAt: Date,
): Promise<PresignedPut> {
  const checksum = Buffer.from(input.sha256Hex, 'hex').toString('base64')
  const command = new PutObjectCommand({
    ...place,
    ContentType: input.mimeType,
    ContentLength: input.sizeBytes,
    ChecksumSHA256: checksum,
  })
  const url = await getSignedUrl(client, command, {
    expiresIn: input.expiresInSeconds,
    signingDate: clock(),
    signableHeaders: new Set(['host', 'content-type', 'content-length', checksumHeader]),
    unhoistableHeaders: new Set([checksumHeader]),
  })
  const headers = [
    { name: 'content-type', value: input.mimeType },
    { name: checksumHeader, value: checksum },
  ]
  return { url, headers, expiresAt }
}

function presignGet(client: S3Client, place: ObjectPlace, input: PresignGetInput, clock: () => Date): Promise<string> {
  const { downloadName } = input
  const disposition = downloadName === undefined ? {} : { ResponseContentDisposition: toAttachment(downloadName) }
  // What is deleted is not to be heard any more, not even from a browser's own disk.
  const headers = { ResponseCacheControl: 'private, no-store', ...disposition }
  return getSignedUrl(client, new GetObjectCommand({ ...place, ...headers }), {
    expiresIn: input.expiresInSeconds,
    signingDate: clock(),
  })
}

async function put(client: S3Client, place: ObjectPlace, content: Uint8Array, mimeType: string): Promise<void> {
  const ChecksumSHA256 = createHash('sha256').update(content).digest('base64')
  const command = new PutObjectCommand({ ...place, Body: content, ContentType: mimeType, ChecksumSHA256 })
  const kept = await orNull('keep an object', client.send(command))
  if (kept === null) throw new BlobStoreUnavailableError('find its bucket', null)
}

/** In parts, of which a few are held at a time; those of an upload that fails are removed. */
async function putStream(client: S3Client, place: ObjectPlace, content: Readable, mimeType: string): Promise<void> {
  try {
    await new Upload({ client, queueSize: 2, params: { ...place, Body: content, ContentType: mimeType } }).done()
  } catch (error) {
    throw new BlobStoreUnavailableError('keep an object', error)
  }
}

/** A store that gives no checksum of the whole object makes us read it; an ETag proves nothing. */
async function headVerified(client: S3Client, place: ObjectPlace): Promise<BlobHead | null> {
  const found = await orNull(
    'look an object up',
    client.send(new HeadObjectCommand({ ...place, ChecksumMode: 'ENABLED' })),
  )
  if (found === null) return null
  const mimeType = found.ContentType ?? 'application/octet-stream'
  const isWhole =
    found.ChecksumSHA256 !== undefined && found.ChecksumType !== 'COMPOSITE' && !found.ChecksumSHA256.includes('-')
  if (isWhole && found.ContentLength !== undefined) {
    return {
      sizeBytes: found.ContentLength,
      mimeType,
      sha256Hex: Buffer.from(found.ChecksumSHA256 ?? '', 'base64').toString('hex'),
    }
  }
  const content = await read(client, place)
  return content === null ? null : { mimeType, ...(await measure(content)) }
}

async function measure(content: Readable): Promise<{ sizeBytes: number; sha256Hex: string }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  try {
    for await (const chunk of content) {
      const bytes = chunk as Buffer
      sizeBytes += bytes.length
      hash.update(bytes)
    }
  } catch (error) {
    throw new BlobStoreUnavailableError('read an object', error)
  }
  return { sizeBytes, sha256Hex: hash.digest('hex') }
}

async function* list(client: S3Client, bucket: string, prefix: string): AsyncGenerator<ListedBlob> {
  assertBlobPrefix(prefix)
  try {
    for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      for (const { Key, LastModified } of page.Contents ?? []) {
        if (Key !== undefined && LastModified !== undefined) yield { key: Key, storedAt: LastModified }
      }
    }
  } catch (error) {
    throw new BlobStoreUnavailableError('list its objects', error)
  }
}

async function read(client: S3Client, place: ObjectPlace, range?: ByteRange): Promise<Readable | null> {
  const part = range && { Range: `bytes=${range.start}-${range.end}` }
  const found = await orNull('read an object', client.send(new GetObjectCommand({ ...place, ...part })))
  // In Node the SDK's body is always a stream of Node's own kind.
  return found?.Body === undefined ? null : (found.Body as Readable)
}

/** Null where the store says that there is no such object. */
async function orNull<T>(action: string, work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (isNotFound(error)) return null
    throw new BlobStoreUnavailableError(action, error)
  }
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'NoSuchBucket') return false
  if (error.name === 'NotFound' || error.name === 'NoSuchKey') return true
  return '$metadata' in error && (error.$metadata as { httpStatusCode?: number }).httpStatusCode === 404
}
