/** Addresses of objects on local disk: signed by a key that only this installation has, and worthless after their time. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { assertBlobKey } from './blob-store.ts'

/** What the holder of an address may do. */
export type BlobGrant = PutGrant | GetGrant

export interface PutGrant {
  action: 'put'
  key: string
  expiresAtMs: number
  mimeType: string
  sizeBytes: number
  sha256Hex: string
}

export interface GetGrant {
  action: 'get'
  key: string
  expiresAtMs: number
  /** Empty: to be played, not saved. */
  downloadName: string
}

export type BlobRefusal = 'NOT_SIGNED' | 'EXPIRED'

/** A path and query, to be put behind an origin. */
export function toBlobAddress(grant: BlobGrant, signingKey: Buffer): string {
  assertBlobKey(grant.key)
  const query = new URLSearchParams({ ...toFields(grant), signature: sign(grant, signingKey) })
  return `/blobs/${grant.key}?${query.toString()}`
}

/** The grant that an address carries, or why it is none. */
export function parseBlobAddress(
  key: string,
  query: URLSearchParams,
  signingKey: Buffer,
  nowMs: number,
): BlobGrant | BlobRefusal {
  const grant = toGrant(key, query)
  if (grant === null || !isEqual(query.get('signature') ?? '', sign(grant, signingKey))) return 'NOT_SIGNED'
  return grant.expiresAtMs > nowMs ? grant : 'EXPIRED'
}

function toFields(grant: BlobGrant): Record<string, string> {
  const expires = String(grant.expiresAtMs)
  if (grant.action === 'get')
    return { action: 'get', expires, ...(grant.downloadName === '' ? {} : { name: grant.downloadName }) }
  return { action: 'put', expires, type: grant.mimeType, size: String(grant.sizeBytes), sha256: grant.sha256Hex }
}

function toGrant(key: string, query: URLSearchParams): BlobGrant | null {
  const field = (name: string): string => query.get(name) ?? ''
  const expiresAtMs = Number(field('expires'))
  if (!Number.isSafeInteger(expiresAtMs)) return null
  if (field('action') === 'get') return { action: 'get', key, expiresAtMs, downloadName: field('name') }
  const sizeBytes = Number(field('size'))
  if (field('action') !== 'put' || !Number.isSafeInteger(sizeBytes)) return null
  return { action: 'put', key, expiresAtMs, mimeType: field('type'), sizeBytes, sha256Hex: field('sha256') }
}

/** JSON keeps the fields apart, whatever is in them. */
function sign(grant: BlobGrant, signingKey: Buffer): string {
  const signed = JSON.stringify([grant.key, toFields(grant)])
  return createHmac('sha256', signingKey).update(signed).digest('base64url')
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
