import { GraphQLError } from 'graphql'
import type { Logger } from 'pino'
import { DomainError, InvalidInputError } from '../domain/errors.ts'

/**
 * What a client may see of an error outside a result union: a domain error with its code, a fault of the document as it
 * is, and nothing of the rest, which is logged once with the request's id.
 */
export function formatError(error: GraphQLError, log: Logger): GraphQLError {
  const cause = error.originalError
  if (cause instanceof DomainError) {
    const issues = cause instanceof InvalidInputError ? { issues: cause.issues } : {}
    return new GraphQLError(cause.message, { ...placeOf(error), extensions: { code: cause.code, ...issues } })
  }
  if (!cause || cause instanceof GraphQLError) {
    const code = error.extensions['code'] ?? 'GRAPHQL_VALIDATION_FAILED'
    return new GraphQLError(error.message, { ...placeOf(error), extensions: { code } })
  }
  log.error({ err: cause, path: error.path }, 'a request failed')
  return new GraphQLError('Something went wrong here. Try again; if it stays, tell an administrator.', {
    ...placeOf(error),
    extensions: { code: 'INTERNAL' },
  })
}

function placeOf(error: GraphQLError) {
  return {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: error.path ?? null,
  }
}
