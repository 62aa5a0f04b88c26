import { ApolloClient, ApolloLink } from '@apollo/client'
import { Observable } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { createParleyCache } from '../../../client/cache.ts'
import { createSessionApi } from '../../../web/graphql/session-api.ts'
import { segmentInput } from '../../support/segment-input.ts'

function open(answer: Record<string, unknown> | Error) {
  const asked: ApolloLink.Operation[] = []
  const link = new ApolloLink((operation) => {
    asked.push(operation)
    return new Observable((observer) => {
      if (answer instanceof Error) return observer.error(answer)
      observer.next({ data: answer })
      observer.complete()
    })
  })
  return { api: createSessionApi(new ApolloClient({ link, cache: createParleyCache() })), asked }
}

describe('the port of the realtime code', () => {
  it('sends segments as the schema wants them', async () => {
    const { api, asked } = open({
      appendSegments: { __typename: 'AppendSegmentsPayload', transcript: { id: 't', revision: 1 }, segments: [] },
    })
    await api.appendSegments('s', [segmentInput('a')])
    expect(asked[0]?.variables).toEqual({ input: { sessionId: 's', segments: [segmentInput('a')] } })
  })

  it('throws what the server refuses, and whether to try again', async () => {
    const ended = { __typename: 'SessionNotActiveFault', code: 'SESSION_NOT_ACTIVE', message: 'x', status: 'ENDED' }
    await expect(open({ keepAlive: ended }).api.keepAlive('s')).rejects.toMatchObject({
      code: 'SESSION_NOT_ACTIVE',
      isRetryable: false,
    })
    const limited = { __typename: 'RateLimitedFault', code: 'RATE_LIMITED', message: 'x', retryAfterSeconds: 4 }
    await expect(open({ keepAlive: limited }).api.keepAlive('s')).rejects.toMatchObject({
      isRetryable: true,
      retryAfterMs: 4_000,
    })
  })

  it('takes a network that does not answer for something that passes', async () => {
    await expect(open(new TypeError('Failed to fetch')).api.keepAlive('s')).rejects.toMatchObject({
      code: 'NETWORK',
      isRetryable: true,
    })
  })
})
