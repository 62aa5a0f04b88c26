import type { Readable } from 'node:stream'

/**
 * Where recordings lie: any store that hands out signed, expiring addresses for single objects, so that a browser uploads and
 * plays without the server's login. Two adapters under one contract suite: S3 and the local disk.
 */
export interface BlobStore {
  /** An address that takes exactly this object by PUT, once or more, until it expires. */
  presignPut(input: PresignPutInput): Promise<PresignedPut>
  /** What really lies under the key, its checksum verified by the store or by reading it; null when nothing does. */
  head(key: string): Promise<BlobHead | null>
  /** An address for GET and HEAD, ranges included. Says nothing about whether the object exists. */
  presignGet(key: string, input: PresignGetInput): Promise<{ url: string; expiresAt: Date }>
  /** Replaces what lies under `toKey`. Throws BlobNotFoundError when nothing lies under `fromKey`. */
  copy(fromKey: string, toKey: string): Promise<void>
  /** Keeps what the server itself has made, and replaces what lies under the key. */
  put(key: string, content: Uint8Array, mimeType: string): Promise<void>
  /** The same for what is made while it is kept, of whatever length. Nothing is kept when `content` fails. */
  putStream(key: string, content: Readable, mimeType: string): Promise<void>
  /** Does nothing when nothing lies under the key. */
  delete(key: string): Promise<void>
  /** The content, or a part of it; null when nothing lies under the key. Whoever takes it must read or destroy it. */
  read(key: string, range?: ByteRange): Promise<Readable | null>
  /** All objects below a prefix that ends in `/`, in no order. Each may be gone when it is looked at. */
  list(prefix: string): AsyncIterable<ListedBlob>
  /** Throws BlobStoreUnavailableError when the store cannot be reached or written to. */
  check(): Promise<void>
}

export interface PresignPutInput {
  key: string
  mimeType: string
  sizeBytes: number
  sha256Hex: string
  expiresInSeconds: number
}

export interface PresignedPut {
  /** Absolute, or a path on this installation's own origin. */
  url: string
  /** To be sent with the PUT as they are. The length is sent by every client on its own, and must be `sizeBytes`. */
  headers: { name: string; value: string }[]
  expiresAt: Date
}

export interface PresignGetInput {
  expiresInSeconds: number
  /** Set: the browser saves it as a file of this name. Not set: it plays it. */
  downloadName?: string
}

/** Both ends included, as in HTTP. */
export interface ByteRange {
  start: number
  end: number
}

export interface ListedBlob {
  key: string
  /** When it came to lie under this key. */
  storedAt: Date
}

export interface BlobHead {
  sizeBytes: number
  mimeType: string
  sha256Hex: string
}

/** The store cannot be reached, or refuses to work for reasons that are not the caller's: try again later. */
export class BlobStoreUnavailableError extends Error {
  override name = 'BlobStoreUnavailableError'
  readonly isRetryable = true
  constructor(action: string, cause: unknown) {
    super(`The store of recordings could not ${action}`, { cause })
  }
}

export class BlobNotFoundError extends Error {
  override name = 'BlobNotFoundError'
  constructor() {
    super('There is no such object in the store of recordings')
  }
}

/** A key that could mean another place than it says, such as `a/../b`, is a mistake in the program or an attack. */
export class BlobKeyError extends Error {
  override name = 'BlobKeyError'
  constructor() {
    super('A key is made of parts of letters, digits, - _ and . with / between them, and no part begins with a dot')
  }
}

/** Throws BlobKeyError. */
export function assertBlobPrefix(prefix: string): void {
  if (!prefix.endsWith('/')) throw new BlobKeyError()
  assertBlobKey(prefix.slice(0, -1))
}

/** Throws BlobKeyError. At most 512 characters, parts of 128 at most: fits every file system and S3. */
export function assertBlobKey(key: string): void {
  const isGood = key.length <= 512 && key.split('/').every((part) => /^[\w-][\w.-]{0,127}$/.test(part))
  if (!isGood) throw new BlobKeyError()
}
