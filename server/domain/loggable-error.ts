/** What of an error may stand in a log. */
export interface LoggableError {
  type: string
  message: string
  stack: string | undefined
  /** Of a database's error: its SQLSTATE, and what it is about. */
  code?: string
  constraint?: string
  table?: string
  cause?: LoggableError
}

const named = ['code', 'constraint', 'table'] as const

/**
 * An error without what libraries hang on it: the row that a database refused may be what a learner said, the request that
 * failed may carry a key. Something that is no error is named by its type alone.
 */
export function toLoggableError(error: unknown, depth = 3): LoggableError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no error was thrown', stack: undefined }
  const details = error as unknown as Record<string, unknown>
  const texts = named.flatMap((name) => (typeof details[name] === 'string' ? [[name, details[name]] as const] : []))
  return {
    type: error.constructor.name,
    message: error.message,
    stack: error.stack,
    ...Object.fromEntries(texts),
    ...(error.cause instanceof Error && depth > 0 && { cause: toLoggableError(error.cause, depth - 1) }),
  }
}
