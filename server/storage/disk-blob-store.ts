/** The embedded store: files below one folder, reached by signed addresses that our own HTTP serves (server/http/blobs.ts). */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { type BlobGrant, type BlobRefusal, parseBlobAddress, type PutGrant, toBlobAddress } from './blob-address.ts'
import { BlobContentError, type BlobFolder, createBlobFolder } from './blob-folder.ts'
import {
  type BlobHead,
  BlobKeyError,
  BlobNotFoundError,
  type BlobStore,
  BlobStoreUnavailableError,
  type ByteRange,
} from './blob-store.ts'

export interface DiskBlobStoreOptions {
  /** Absolute path; `prepare` makes it. */
  directory: string
  /** At least 32 random bytes, the same after a restart: else addresses that are still valid become worthless. */
  signingKey: Buffer
  /** Put before every address; null makes them paths on the origin of the page. */
  publicUrl: string | null
  clock: () => Date
}

export interface DiskBlobStore extends BlobStore {
  /** Once, at the start: makes its folder where there is none. Throws BlobStoreUnavailableError. */
  prepare(): Promise<void>
  /** What the holder of an address may do, or why it is refused. */
  parseAddress(key: string, query: URLSearchParams): BlobGrant | BlobRefusal
  /** Takes an upload. Throws BlobContentError when it is not what was announced. */
  write(grant: PutGrant, content: Readable): Promise<void>
}

export function createDiskBlobStore(options: DiskBlobStoreOptions): DiskBlobStore {
  const { signingKey, clock } = options
  const folder = createBlobFolder(options.directory)
  const toUrl = (grant: BlobGrant): string => `${options.publicUrl ?? ''}${toBlobAddress(grant, signingKey)}`
  const toExpiry = (seconds: number): Date => new Date(clock().getTime() + seconds * 1_000)
  return {
    async presignPut({ key, mimeType, sizeBytes, sha256Hex, expiresInSeconds }) {
      const expiresAt = toExpiry(expiresInSeconds)
      const url = toUrl({ action: 'put', key, mimeType, sizeBytes, sha256Hex, expiresAtMs: expiresAt.getTime() })
      return { url, headers: [{ name: 'content-type', value: mimeType }], expiresAt }
    },
    async presignGet(key, { expiresInSeconds, downloadName }) {
      const expiresAt = toExpiry(expiresInSeconds)
      return {
        url: toUrl({ action: 'get', key, downloadName: downloadName ?? '', expiresAtMs: expiresAt.getTime() }),
        expiresAt,
      }
    },
    head: (key) => available('look an object up', folder.head(key)),
    copy: (fromKey, toKey) => available('copy an object', folder.link(fromKey, toKey)),
    put: (key, content, mimeType) => available('keep an object', writeWhole(folder, key, content, mimeType)),
    putStream: (key, content, mimeType) => available('keep an object', folder.writeStream(key, content, mimeType)),
    delete: (key) => available('delete an object', folder.remove(key)),
    list: (prefix) => availableEach('list its objects', folder.list(prefix)),
    prepare: () => available('be written to', folder.prepare()),
    check: () => available('be written to', folder.check()),
    read: (key, range) => available('read an object', openIfThere(folder, key, range)),
    parseAddress: (key, query) => parseBlobAddress(key, query, signingKey, clock().getTime()),
    write: (grant, content) => available('keep an upload', folder.write(grant.key, content, grant)),
  }
}

async function openIfThere(folder: BlobFolder, key: string, range?: ByteRange): Promise<Readable | null> {
  const head: BlobHead | null = await folder.head(key)
  return head === null ? null : folder.openRange(key, range?.start ?? 0, range?.end ?? Infinity)
}

function writeWhole(folder: BlobFolder, key: string, content: Uint8Array, mimeType: string): Promise<void> {
  const sha256Hex = createHash('sha256').update(content).digest('hex')
  return folder.write(key, Readable.from([content]), { sizeBytes: content.length, mimeType, sha256Hex })
}

/** Faults of the disk become one error that callers know; what the caller did wrong stays what it is. */
async function available<T>(action: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw asUnavailable(action, error)
  }
}

async function* availableEach<T>(action: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    throw asUnavailable(action, error)
  }
}

function asUnavailable(action: string, error: unknown): unknown {
  const isOfCaller =
    error instanceof BlobContentError || error instanceof BlobNotFoundError || error instanceof BlobKeyError
  return isOfCaller ? error : new BlobStoreUnavailableError(action, error)
}
