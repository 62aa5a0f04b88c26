/** One request to the API, as the page itself sends them. */

export interface GraphqlAnswer {
  data?: Record<string, unknown> | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** With an access token, or by the cookie of whoever is signed in (null). Throws where nothing answers. */
export async function postGraphql(token: string | null, query: string): Promise<GraphqlAnswer> {
  const response = await fetchAs(token)('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...toHeaders(token) },
    body: JSON.stringify({ query }),
  })
  return response.json() as Promise<GraphqlAnswer>
}

/** A token speaks for itself: with the cookie beside it, what is no token would run with all that the account may. */
export function fetchAs(token: string | null): typeof fetch {
  return (input, init) => fetch(input, { ...init, credentials: token === null ? 'same-origin' : 'omit' })
}

export function toHeaders(token: string | null): Record<string, string> {
  return token === null ? {} : { authorization: `Bearer ${token}` }
}
