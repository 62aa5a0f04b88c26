/** Result unions: telling what was done from why it was not, and what to do then. */
import type { Entitlement, FaultCode } from './gql/documents.ts'

/**
 * A fault as any document may have asked for it: `...FaultParts` brings all of these, `... on Fault { code message }` what every
 * fault has.
 */
export interface Fault {
  __typename: string
  code: FaultCode
  /** For people, and safe to show. */
  message: string
  issues?: readonly { path: readonly string[]; message: string }[]
  required?: Entitlement
  resetsAt?: string | null
  retryAfterSeconds?: number
  retryable?: boolean
  confirm?: string
}

/** What was done: the members of a result union that are no fault. */
export type Done<R> = Exclude<R, Fault>

/** True for the member of a result union that says why nothing was done, also for one that a later server adds. */
export function isFault<R extends { __typename: string }>(result: R): result is Extract<R, Fault> {
  return 'code' in result && 'message' in result
}

/** A fault that was thrown by `orThrow`. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.message)
    this.fault = fault
  }
}

/** What was done. Throws a FaultError for a fault, and an Error where there was no answer. */
export function orThrow<R extends { __typename: string }>(result: R | null | undefined): Done<R> {
  if (!result) throw new Error('The answer was empty')
  if (isFault(result)) throw new FaultError(result)
  return result as Done<R>
}

/**
 * What to do about a fault. To send again what was refused take a new `requestId`, where the input has one: the former stands for
 * this answer. Only after no answer at all send the same.
 */
export type Advice =
  /** Nobody is signed in, or the token has ended: ask for a sign-in or another token. */
  | { todo: 'sign-in' }
  /** This account or token may not do that; another scope, plan or role may. `required` is the plan it takes. */
  | { todo: 'get-access'; required: Entitlement | null }
  /** Show each message at its field: the last word of an issue's path, or '' for the whole form. */
  | { todo: 'correct'; fields: Record<string, string> }
  /** It passes by itself: try again after this time. Null: the server knows no time; wait longer after each try. */
  | { todo: 'retry'; afterMs: number | null }
  /** A limit of the account is reached until then; null where only giving something up helps. */
  | { todo: 'wait'; until: Date | null }
  /** Things are not as this page believes, or no longer there: fetch them anew. */
  | { todo: 'refetch' }
  /** Not what was announced has arrived: announce and upload the recording again. */
  | { todo: 'upload-again' }
  /** Show the message, and only if the person agrees send the request with this phrase as `confirm`. */
  | { todo: 'confirm'; phrase: string }
  /** Show the message: nothing that a program can do helps. */
  | { todo: 'show' }

/** One thing to do per kind of fault; a kind that this version does not know is shown. */
export function adviseOn(fault: Fault): Advice {
  switch (fault.code) {
    case 'UNAUTHENTICATED':
      return { todo: 'sign-in' }
    case 'FORBIDDEN':
    case 'ENTITLEMENT_REQUIRED':
      return { todo: 'get-access', required: fault.required ?? null }
    case 'INVALID_INPUT':
      return { todo: 'correct', fields: toFields(fault.issues ?? []) }
    case 'RATE_LIMITED':
      return { todo: 'retry', afterMs: fault.retryAfterSeconds === undefined ? null : fault.retryAfterSeconds * 1_000 }
    case 'PROVIDER_UNAVAILABLE':
    case 'STORAGE_UNAVAILABLE':
      return fault.retryable === true ? { todo: 'retry', afterMs: null } : { todo: 'show' }
    case 'LIMIT_EXCEEDED':
      return { todo: 'wait', until: fault.resetsAt == null ? null : new Date(fault.resetsAt) }
    case 'NOT_FOUND':
    case 'CONFLICT':
    case 'SESSION_NOT_ACTIVE':
      return { todo: 'refetch' }
    case 'UPLOAD_MISMATCH':
      return { todo: 'upload-again' }
    case 'CONFIRMATION_REQUIRED':
      return fault.confirm === undefined ? { todo: 'show' } : { todo: 'confirm', phrase: fault.confirm }
    default:
      return toUnknown(fault.code)
  }
}

/** Only a server that is newer comes here: the compiler says so when the schema has a code that is not above. */
function toUnknown(_code: never): Advice {
  return { todo: 'show' }
}

function toFields(issues: NonNullable<Fault['issues']>): Record<string, string> {
  return Object.fromEntries(issues.map(({ path, message }) => [path.at(-1) ?? '', message]))
}
