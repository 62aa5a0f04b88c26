import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { DomainError, InvalidInputError } from '../domain/errors.ts'

/**
 * What a client may see of an error outside a result union: a domain error with its code, a fault of the document as it
 * is, and nothing of the rest.
 */
export function formatError(error: GraphQLError): GraphQLError {
  const cause = error.originalError
  if (cause instanceof DomainError) {
    const issues = cause instanceof InvalidInputError ? { issues: cause.issues } : {}
    return new GraphQLError(cause.message, { ...placeOf(error), extensions: { code: cause.code, ...issues } })
  }
  if (!isUnexpected(error)) {
    const code = error.extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED'
    return new GraphQLError(error.message, { ...placeOf(error), extensions: { code } })
  }
  return new GraphQLError('Something went wrong here. Try again; if it stays, tell an administrator.', {
    ...placeOf(error),
    extensions: { code: 'INTERNAL' },
  })
}

/** Logs what `formatError` hides, with the request's id. To be called once for each error. */
export function logUnexpected(errors: readonly GraphQLError[], requestId: string, log: Logger): void {
  for (const error of errors.filter(isUnexpected)) {
    log.error({ requestId, err: error.originalError, path: error.path }, 'a request failed')
  }
}

function isUnexpected({ originalError: cause }: GraphQLError): boolean {
  return cause !== undefined && !(cause instanceof GraphQLError) && !(cause instanceof DomainError)
}

function placeOf(error: GraphQLError) {
  return {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
  }
}
