/** How much one caller may ask for at once, and how often: settings with defaults that the web app stays well below. */
import type { z } from 'zod'
import { flag, wholeNumber } from './config-values.ts'

/** What a GraphQL document may hold. */
export interface DocumentLimits {
  /** Words and signs of its text. */
  maxTokens: number
  /** Fields within fields. */
  maxDepth: number
  maxAliases: number
  maxDirectives: number
  /** Fields, those of fragments counted wherever they are used. */
  maxFields: number
  /** Values that it may make the server look up, lists counted with the length that is asked for. */
  maxCost: number
  /** Whether the schema may be asked for. */
  allowsIntrospection: boolean
}

export interface ApiLimits {
  documents: DocumentLimits
  /** Open at once for one account, or for one network address of whoever is not signed in. */
  maxSockets: number
  /** Open at once on one WebSocket. */
  maxSubscriptions: number
  /** Of one account, or of one network address of whoever is not signed in; subscriptions included. */
  requestsPerMinute: number
  mutationsPerMinute: number
  /** For recordings, exports and published sound, of one network address: a player asks for a recording in many parts. */
  fileRequestsPerMinute: number
}

export const limitVariables = {
  GRAPHQL_INTROSPECTION: flag.default(true),
  GRAPHQL_MAX_TOKENS: wholeNumber(500, 100_000).default(2_000),
  GRAPHQL_MAX_DEPTH: wholeNumber(10, 100).default(15),
  GRAPHQL_MAX_ALIASES: wholeNumber(0, 1_000).default(30),
  GRAPHQL_MAX_DIRECTIVES: wholeNumber(0, 1_000).default(20),
  GRAPHQL_MAX_FIELDS: wholeNumber(200, 100_000).default(500),
  GRAPHQL_MAX_COST: wholeNumber(2_000, 10_000_000).default(20_000),
  MAX_WEBSOCKETS: wholeNumber(1, 100_000).default(30),
  MAX_SUBSCRIPTIONS: wholeNumber(5, 10_000).default(50),
  REQUESTS_PER_MINUTE: wholeNumber(60, 10_000_000).default(3_000),
  MUTATIONS_PER_MINUTE: wholeNumber(60, 10_000_000).default(1_200),
  FILE_REQUESTS_PER_MINUTE: wholeNumber(600, 10_000_000).default(6_000),
}

type Values = { [Name in keyof typeof limitVariables]: z.infer<(typeof limitVariables)[Name]> }

export function toApiLimits(env: Values): ApiLimits {
  return {
    documents: {
      maxTokens: env.GRAPHQL_MAX_TOKENS,
      maxDepth: env.GRAPHQL_MAX_DEPTH,
      maxAliases: env.GRAPHQL_MAX_ALIASES,
      maxDirectives: env.GRAPHQL_MAX_DIRECTIVES,
      maxFields: env.GRAPHQL_MAX_FIELDS,
      maxCost: env.GRAPHQL_MAX_COST,
      allowsIntrospection: env.GRAPHQL_INTROSPECTION,
    },
    maxSockets: env.MAX_WEBSOCKETS,
    maxSubscriptions: env.MAX_SUBSCRIPTIONS,
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    mutationsPerMinute: env.MUTATIONS_PER_MINUTE,
    fileRequestsPerMinute: env.FILE_REQUESTS_PER_MINUTE,
  }
}
