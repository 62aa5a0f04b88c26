import type { AccessTokenPartsFragment } from '../gql/documents.ts'
import { useAccessTokensQuery } from '../gql/hooks.ts'

export type AccessToken = AccessTokenPartsFragment

/** The viewer's access tokens, newest first; null until they are known. */
export function useAccessTokens(): {
  tokens: readonly AccessToken[] | null
  hasFailed: boolean
  reload: () => Promise<void>
} {
  const { data, error, refetch } = useAccessTokensQuery({ fetchPolicy: 'cache-and-network' })
  return {
    tokens: data?.viewer?.accessTokens.edges.map(({ node }) => node) ?? null,
    hasFailed: error !== undefined,
    reload: async () => void (await refetch()),
  }
}
