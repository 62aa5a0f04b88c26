/** Access tokens as tests make and use them. */
import { randomUUID } from 'node:crypto'
import { tokenScopes } from '../../server/domain/token-scope.ts'
import { GraphqlClient } from '../support/graphql-client.ts'
import { mutate } from './mutations.ts'

export function tokenInput(over: Record<string, unknown> = {}): Record<string, unknown> {
  return { requestId: randomUUID(), name: 'My script', scopes: [...tokenScopes], ...over }
}

/** A new token of the owner's, and a program that has it. */
export async function createProgram(
  owner: GraphqlClient,
  over: Record<string, unknown> = {},
): Promise<{ program: GraphqlClient; tokenId: string; value: string }> {
  const made = await mutate(owner, 'createAccessToken', { input: tokenInput(over) })
  if (made.__typename !== 'CreateAccessTokenPayload') throw new Error(`no token: ${JSON.stringify(made)}`)
  return { program: programWith(owner.url, made.value), tokenId: made.accessToken.id, value: made.value }
}

export function programWith(url: string, token: string): GraphqlClient {
  const program = new GraphqlClient(url)
  program.token = token
  return program
}
