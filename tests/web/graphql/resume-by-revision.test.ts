import type { Client, Sink, SubscribePayload } from 'graphql-ws'
import { describe, expect, it } from 'vitest'
import { resumeByRevision } from '../../../client/resume-by-revision.ts'

/** A client whose socket can drop: what it would send again is the payload as it is then. */
function open() {
  let payload: SubscribePayload = { query: '' }
  let sink: Sink<Record<string, unknown>> | undefined
  const client: Client = {
    on: () => () => undefined,
    iterate: () => {
      throw new Error('not used')
    },
    subscribe: (given, givenSink) => {
      payload = given
      sink = givenSink as unknown as Sink<Record<string, unknown>>
      return () => undefined
    },
    dispose: () => undefined,
    terminate: () => undefined,
  }
  const received: unknown[] = []
  const variables = { sessionId: 's', afterRevision: 3 }
  resumeByRevision(client).subscribe(
    { query: 'subscription', variables },
    { next: (value) => received.push(value.data), error: () => undefined, complete: () => undefined },
  )
  return {
    received,
    variables,
    resent: () => payload.variables,
    deliver: (data: Record<string, unknown>) => sink?.next({ data }),
  }
}

describe('a transcript subscription that is sent again', () => {
  it('goes on after the last revision that came', () => {
    const { resent, deliver, received } = open()
    expect(resent()).toEqual({ sessionId: 's', afterRevision: 3 })
    deliver({ transcriptSegments: { revision: 5 } })
    deliver({ transcriptSegments: { revision: 9 } })
    expect(resent()).toEqual({ sessionId: 's', afterRevision: 9 })
    expect(received).toHaveLength(2)
  })

  it('leaves the caller’s own variables alone', () => {
    const { deliver, variables } = open()
    deliver({ transcriptSegments: { revision: 5 } })
    expect(variables).toEqual({ sessionId: 's', afterRevision: 3 })
  })
})
