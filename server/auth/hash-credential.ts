import { createHash } from 'node:crypto'

/** What is stored in the place of a cookie's or a token's value, which has 100 random bits and more: no salt is needed. */
export function hashCredential(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}
