/** One request to the API, as the page itself sends them. */

export interface GraphqlAnswer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** No answer that says anything of what was asked. The message is for people. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError'
}

/** With these a request is refused whatever it asks, or was not carried through. */
const codesOfNoAnswer = new Set(['RATE_LIMITED', 'INTERNAL'])

/** With an access token, or by the cookie of whoever is signed in (null). Throws a NoAnswerError. */
export async function postGraphql(token: string | null, query: string): Promise<GraphqlAnswer> {
  const response = await fetchAs(token)('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...toHeaders(token) },
    body: JSON.stringify({ query }),
  }).catch(() => {
    throw new NoAnswerError('The API does not answer. Try again in a moment.')
  })
  const answer = (await response.json().catch(() => null)) as GraphqlAnswer | null
  const failure = answer?.errors?.find(({ extensions }) => codesOfNoAnswer.has(extensions?.code ?? ''))
  if (failure) throw new NoAnswerError(failure.message)
  if (response.status === 429) throw new NoAnswerError('Too many requests were sent. Try again in a minute.')
  if (answer === null || response.status >= 500)
    throw new NoAnswerError(`The API does not answer as it should (status ${response.status}). Try again in a moment.`)
  return answer
}

/** A token speaks for itself: with the cookie beside it, what is no token would run with all that the account may. */
export function fetchAs(token: string | null): typeof fetch {
  return (input, init) => fetch(input, { ...init, credentials: token === null ? 'same-origin' : 'omit' })
}

export function toHeaders(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` }
}

/** For people: why there was no answer. */
export function describeFailure(error: unknown): string {
  return error instanceof NoAnswerError
    ? error.message
    : 'The answer of the API cannot be read. Load this page again in a moment.'
}
