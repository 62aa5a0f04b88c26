import { postGraphql } from './post-graphql.ts'

/** In whose name requests are sent. */
export interface Caller {
  /** Null: by the cookie. */
  token: string | null
  /** Null: nobody, or a token that may not say. Undefined: there was no answer. */
  email: string | null | undefined
}

/** Null when no account has this token. Throws a NoAnswerError. */
export async function findCaller(token: string | null): Promise<Caller | null> {
  const { data, errors } = await postGraphql(token, '{ viewer { email } }')
  const { viewer } = (data ?? {}) as { viewer?: { email: string } | null }
  if (viewer) return { token, email: viewer.email }
  // It is somebody's, who did not let it read.
  if (errors?.some(({ extensions }) => extensions?.code === 'FORBIDDEN')) return { token, email: null }
  return token === null ? { token, email: null } : null
}
