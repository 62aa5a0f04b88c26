import type { Entitlement } from '../domain/entitlement.ts'
import type { UserId } from '../domain/ids.ts'

/** Nothing is remembered longer than this. Source: document 004, "Entitlement Cache Entity": 3,600 s. */
export const rememberMs = 3_600_000

/** What was found, and a ticket for noting what is read instead where nothing was. */
export interface Remembered {
  entitlement: Entitlement | null
  ticket: string
}

/**
 * Remembers entitlements for an hour at most. May forget at any time, and may fail: whoever asks reads the database then. Once
 * `drop` was called, nothing that was read before is given any more, even where its note arrives later: the ticket is void.
 */
export interface EntitlementCache {
  find(userId: UserId): Promise<Remembered>
  /** Does nothing where the account was dropped since the ticket was given. */
  note(userId: UserId, entitlement: Entitlement, ticket: string): Promise<void>
  /** Takes effect at once for what is asked after this call. Null drops all. */
  drop(userId: UserId | null): void
  close(): Promise<void>
}
