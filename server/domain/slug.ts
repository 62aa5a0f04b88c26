/** The part of an address that only those know who were given it: 144 random bits as 24 letters. */
import { randomBytes } from 'node:crypto'

export function makeSlug(): string {
  return randomBytes(18).toString('base64url')
}

export function isSlug(value: string): boolean {
  return /^[\w-]{24}$/.test(value)
}
