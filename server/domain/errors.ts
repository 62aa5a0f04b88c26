/** Faults that a user can cause or act on. Services throw them; `schema/faults.ts` turns each into its Fault type. */
import type { SessionStatus } from './session-state.ts'
import type { Entitlement } from './entitlement.ts'

export type FaultCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'CONFLICT'
  | 'ENTITLEMENT_REQUIRED'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'SESSION_NOT_ACTIVE'
  | 'PROVIDER_UNAVAILABLE'
  | 'UPLOAD_MISMATCH'
  | 'STORAGE_UNAVAILABLE'
  | 'CONFIRMATION_REQUIRED'

/** Base of every expected fault: `message` is safe to show and says what to do. */
export abstract class DomainError extends Error {
  abstract readonly code: FaultCode
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED'
  constructor(message = 'Sign in first.') {
    super(message)
  }
}

export class ForbiddenError extends DomainError {
  readonly code = 'FORBIDDEN'
}

/** Also for what exists but is not the viewer's: the two are never told apart. */
export class NotFoundError extends DomainError {
  readonly code = 'NOT_FOUND'
}

export interface InputIssue {
  path: string[]
  message: string
}

export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT'
  readonly issues: InputIssue[]
  constructor(issues: InputIssue[], message = 'Some of the input cannot be accepted.') {
    super(message)
    this.issues = issues
  }
}

export class ConflictError extends DomainError {
  readonly code = 'CONFLICT'
}

export class EntitlementError extends DomainError {
  readonly code = 'ENTITLEMENT_REQUIRED'
  readonly required: Entitlement
  constructor(message: string, required: Entitlement) {
    super(message)
    this.required = required
  }
}

export class LimitError extends DomainError {
  readonly code = 'LIMIT_EXCEEDED'
  readonly limit: number
  readonly used: number
  /** When the count starts anew; null where time alone does not help. */
  readonly resetsAt: Date | null
  constructor(message: string, budget: { limit: number; used: number; resetsAt: Date | null }) {
    super(message)
    this.limit = budget.limit
    this.used = budget.used
    this.resetsAt = budget.resetsAt
  }
}

export class RateLimitedError extends DomainError {
  readonly code = 'RATE_LIMITED'
  readonly retryAfterSeconds: number
  constructor(retryAfterSeconds: number) {
    super(`Too many requests. Try again in ${retryAfterSeconds} s.`)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export class SessionNotActiveError extends DomainError {
  readonly code = 'SESSION_NOT_ACTIVE'
  readonly status: SessionStatus
  constructor(message: string, status: SessionStatus) {
    super(message)
    this.status = status
  }
}

export class ProviderError extends DomainError {
  readonly code = 'PROVIDER_UNAVAILABLE'
  /** A new try may succeed without anyone changing a setting. */
  readonly retryable: boolean
  /** As the service itself says, where it has no room; null where it says nothing. */
  readonly retryAfterSeconds: number | null
  constructor(message: string, retryable: boolean, retryAfterSeconds: number | null = null) {
    super(message)
    this.retryable = retryable
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export class UploadMismatchError extends DomainError {
  readonly code = 'UPLOAD_MISMATCH'
  readonly expected: string
  readonly actual: string
  constructor(message: string, difference: { expected: string; actual: string }) {
    super(message)
    this.expected = difference.expected
    this.actual = difference.actual
  }
}

export class StorageError extends DomainError {
  readonly code = 'STORAGE_UNAVAILABLE'
  readonly retryable = true
}

/** To be sent again with the phrase `confirm`. */
export class ConfirmationError extends DomainError {
  readonly code = 'CONFIRMATION_REQUIRED'
  readonly confirm: string
  constructor(message: string, confirm: string) {
    super(message)
    this.confirm = confirm
  }
}
