/** What is behind an error of the machine: which call of the system failed, and whether it is a connection that did. */

export interface SystemError {
  code: string
  syscall: string
  message: string
}

/** An error, what caused it, and what it is made of (connecting to a name tries several addresses). */
export function listCauses(error: unknown): SystemError[] {
  if (!(error instanceof Error)) return []
  const code = 'code' in error ? String(error.code) : ''
  const syscall = 'syscall' in error ? String(error.syscall) : ''
  const parts = error instanceof AggregateError ? error.errors : []
  return [
    { code, syscall, message: error.message },
    ...listCauses(error.cause),
    ...parts.flatMap((part) => listCauses(part)),
  ]
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'ECONNRESET',
  'EPIPE',
])
/** Class 08 of PostgreSQL's error codes, and those of a server that stops, starts or has no room: no connection. */
const brokenOff = /^(08...|57P0[123]|53300)$/

/** The other side cannot be reached, or broke off. node-postgres says so by its words alone. */
export function isLostConnection({ code, message }: SystemError): boolean {
  return isUnreachable({ code, message }) || brokenOff.test(code)
}

/** The same, without what the other side says itself. */
export function isUnreachable({ code, message }: Pick<SystemError, 'code' | 'message'>): boolean {
  return unreachable.has(code) || /timeout|terminated unexpectedly|not queryable/i.test(message)
}
