/** What an access token may be given to do, each by itself. */
export const tokenScopes = ['HISTORY_READ', 'SESSIONS_WRITE', 'PACKS_WRITE'] as const
export type TokenScope = (typeof tokenScopes)[number]
