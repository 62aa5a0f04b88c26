import { GraphQLError } from 'graphql'
import { isUuid } from '../server/domain/ids.ts'

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue }

const dateTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Throws GraphQLError for what is no RFC 3339 date-time. */
export function parseDateTime(value: unknown): Date {
  const date = typeof value === 'string' && dateTimePattern.test(value) ? new Date(value) : null
  if (date && !Number.isNaN(date.getTime())) return date
  throw new GraphQLError('A DateTime is written like 2026-01-31T09:30:00Z.')
}

export function parseJson(value: unknown): JsonValue {
  return value as JsonValue
}

/** Throws GraphQLError for what is no UUID. */
export function parseUuid(value: unknown): string {
  const text = typeof value === 'string' ? value.toLowerCase() : ''
  if (isUuid(text)) return text
  throw new GraphQLError('A UUID is written like 0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e.')
}
