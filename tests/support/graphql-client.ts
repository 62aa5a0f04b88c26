/** A browser as far as the API knows one: keeps its cookie, sends its origin, speaks HTTP and graphql-transport-ws. */
import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'

export interface GraphqlAnswer {
  status: number
  headers: Headers
  // Documents are written in the tests: what comes back is looked at, not compiled against.
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any
  errors: { message: string; path?: (string | number)[]; extensions: { code: string } }[] | undefined
}

export class GraphqlClient {
  readonly url: string
  cookie: string | null = null
  /** An access token: then the client is a program, with neither cookie nor origin. */
  token: string | null = null

  constructor(url: string) {
    this.url = url
  }

  async send(
    query: string,
    variables: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...this.#identity(this.url),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    })
    for (const setCookie of response.headers.getSetCookie()) this.cookie = setCookie.split(';')[0] ?? null
    const text = await response.text()
    const body = text.startsWith('{') ? JSON.parse(text) : {}
    return { status: response.status, headers: response.headers, data: body.data, errors: body.errors }
  }

  /** The data of an answer without errors. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async ask(query: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.send(query, variables)
    if (errors) throw new Error(JSON.stringify(errors))
    return data
  }

  #identity(origin: string): Record<string, string> {
    if (this.token !== null) return { authorization: `Bearer ${this.token}` }
    return { origin, ...(this.cookie ? { cookie: this.cookie } : {}) }
  }

  /** A connection for subscriptions, with this client's cookie or token, on this node or another. */
  openSocket(url = this.url, options: { headers?: Record<string, string> } = {}): Client {
    const headers = { ...(this.token === null ? this.#identity(url) : {}), ...options.headers }
    class CookieSocket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers })
      }
    }
    return createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: CookieSocket,
      retryAttempts: 0,
      ...(this.token === null ? {} : { connectionParams: { authorization: `Bearer ${this.token}` } }),
    })
  }
}

let accounts = 0

/** A client that is signed up and signed in. */
export async function signUpClient(url: string, name: string | null = null): Promise<GraphqlClient> {
  const client = new GraphqlClient(url)
  accounts += 1
  const { signUp } = await client.ask(
    `mutation ($input: SignUpInput!) { signUp(input: $input) { __typename ... on Fault { message } } }`,
    { input: { email: `learner-${process.pid}-${accounts}@example.org`, password: 'a good password', name } },
  )
  if (signUp.__typename !== 'SignUpPayload') throw new Error(`sign-up failed: ${signUp.message}`)
  return client
}

export const startSessionDocument = /* GraphQL */ `
  mutation ($input: StartSessionInput!) {
    startSession(input: $input) {
      __typename
      ... on StartSessionPayload {
        session {
          id
          status
          startedAt
          title
          level
        }
        clientSecret {
          callNumber
          value
          callUrl
          expiresAt
          model
        }
      }
      ... on Fault {
        code
        message
      }
      ... on InvalidInputFault {
        issues {
          path
          message
        }
      }
      ... on EntitlementFault {
        required
      }
      ... on LimitFault {
        limit
        used
        resetsAt
      }
      ... on ProviderFault {
        retryable
      }
      ... on RateLimitedFault {
        retryAfterSeconds
      }
    }
  }
`

/** The id of any topic of this level. */
export async function topicId(client: GraphqlClient, level = 'A1'): Promise<string> {
  const { topics } = await client.ask(
    `query ($level: CefrLevel) { topics(level: $level, first: 1) { edges { node { id } } } }`,
    { level },
  )
  return topics.edges[0].node.id
}

/** Starts a conversation; gives the payload of the answer. */
// oxlint-disable-next-line typescript/no-explicit-any
export async function startConversation(client: GraphqlClient): Promise<{ session: any; clientSecret: any }> {
  const input = { requestId: crypto.randomUUID(), activity: { conversation: { topicId: await topicId(client) } } }
  const { startSession } = await client.ask(startSessionDocument, { input })
  if (startSession.__typename !== 'StartSessionPayload') throw new Error(`not started: ${JSON.stringify(startSession)}`)
  return startSession
}

export const appendSegmentsDocument = /* GraphQL */ `
  mutation ($input: AppendSegmentsInput!) {
    appendSegments(input: $input) {
      __typename
      ... on AppendSegmentsPayload {
        transcript {
          revision
          finalized
        }
        segments {
          itemId
          sequence
          text
          final
          revision
          startMs
          endMs
        }
      }
      ... on Fault {
        code
        message
      }
      ... on InvalidInputFault {
        issues {
          path
          message
        }
      }
      ... on SessionNotActiveFault {
        status
      }
      ... on RateLimitedFault {
        retryAfterSeconds
      }
    }
  }
`

/** A segment as a page sends it. */
export function segmentInput(itemId: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    itemId,
    previousItemId: null,
    speaker: 'PARTNER',
    text: `text of ${itemId}`,
    startMs: 0,
    endMs: 100,
    final: true,
    ...over,
  }
}

/** Appends; gives the payload of the answer. */
export async function append(
  client: GraphqlClient,
  sessionId: string,
  ...segments: Record<string, unknown>[]
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const { appendSegments } = await client.ask(appendSegmentsDocument, { input: { sessionId, segments } })
  return appendSegments
}
