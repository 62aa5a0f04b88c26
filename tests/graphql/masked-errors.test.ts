/** What nobody expected: the client learns nothing of it but an id, and the log has it once, without content. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { announce, lookUp, startedSessionId } from './a-session.ts'
import { toDocument } from './mutations.ts'

const masked = {
  message: 'Something went wrong here. Try again; if it stays, tell an administrator.',
  extensions: { code: 'INTERNAL' },
}
let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
beforeEach(() => {
  installation.logs.length = 0
})
afterAll(() => installation.close())

interface LogLine {
  level: number
  requestId?: string
  err?: Record<string, unknown>
}

/** What was logged as an error of a request: jobs, which run beside, have their own. */
function loggedErrors(): LogLine[] {
  return installation.logs
    .flatMap((text) => text.trim().split('\n'))
    .map((line) => JSON.parse(line) as LogLine)
    .filter((line) => line.level >= 50 && line.requestId !== undefined)
}

describe('an unexpected exception', () => {
  it('is answered as INTERNAL without detail, and logged once with the id that the answer carries', async () => {
    const presignPut = installation.blobs.presignPut.bind(installation.blobs)
    // What libraries hang on their errors: a row, a request with its headers.
    const extra = {
      detail: 'Failing row contains (I whisper)',
      request: { headers: { authorization: 'Bearer sk-key' } },
    }
    installation.blobs.presignPut = () => Promise.reject(Object.assign(new RangeError('the inner detail'), extra))
    const input = announce(await startedSessionId(client), 'audio')
    const answer = await client.send(toDocument('presignRecording'), { input })
    installation.blobs.presignPut = presignPut
    expect(answer.errors).toEqual([{ ...masked, path: ['presignRecording'], locations: expect.any(Array) }])
    expect(JSON.stringify([answer.data, answer.errors])).not.toContain('inner detail')
    expect(installation.logs.join('')).not.toMatch(/whisper|sk-key/)
    expect(loggedErrors()).toMatchObject([
      {
        requestId: answer.headers.get('x-request-id'),
        err: { type: 'RangeError', message: 'the inner detail', stack: expect.stringContaining('RangeError') },
      },
    ])
  })

  it('of the database is logged without the row that it is about', async () => {
    const sessionId = await startedSessionId(client)
    await lookUp(installation, `alter table segments add constraint no_whisper check (text not like '%whisper%')`)
    const segments = [segmentInput('a', { text: 'I whisper a secret' })]
    const answer = await client.send(toDocument('appendSegments'), { input: { sessionId, segments } })
    await lookUp(installation, 'alter table segments drop constraint no_whisper')
    expect(answer.errors).toMatchObject([masked])
    expect(loggedErrors()).toMatchObject([{ err: { code: '23514', constraint: 'no_whisper', table: 'segments' } }])
    expect(installation.logs.join('')).not.toContain('whisper a secret')
  })

  it('while it is found out who asks, is answered and logged the same', async () => {
    await lookUp(installation, 'alter table auth_sessions rename to gone')
    const other = unknownClient()
    const answer = await other.send(`{ viewer { id } }`)
    await lookUp(installation, 'alter table gone rename to auth_sessions')
    expect([answer.status, answer.errors]).toMatchObject([500, [masked]])
    expect(loggedErrors()).toMatchObject([{ requestId: answer.headers.get('x-request-id'), err: { code: '42P01' } }])
  })

  it('of a subscription is answered as INTERNAL, and logged once', async () => {
    const sessionId = await startedSessionId(client)
    const socket = client.openSocket()
    await lookUp(installation, 'alter table transcripts rename to gone')
    const first = await socket
      .iterate({
        query: `subscription ($id: ID!) { transcriptSegments(sessionId: $id) { revision } }`,
        variables: { id: sessionId },
      })
      .next()
      .then((result): unknown => result.value)
      .catch((errors: unknown) => ({ errors }))
    await lookUp(installation, 'alter table gone rename to transcripts')
    await socket.dispose()
    expect(first).toMatchObject({ errors: [masked] })
    expect(loggedErrors()).toMatchObject([{ requestId: expect.any(String), err: { code: '42P01' } }])
  })

  it('of another path is answered as INTERNAL too', async () => {
    await lookUp(installation, 'alter table client_secrets rename to gone')
    const answer = await fetch(`${installation.url}/calls/0195f3a8-2d1c-7c3e-9a41-5d0c1b2a3f4e`, {
      method: 'POST',
      headers: { 'content-type': 'application/sdp', authorization: 'Bearer ek_secret' },
      body: 'v=0\r\n',
    })
    await lookUp(installation, 'alter table gone rename to client_secrets')
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: { code: 'INTERNAL', message: 'Something went wrong here. Try again.' } },
    ])
    expect(loggedErrors()).toHaveLength(1)
    expect(installation.logs.join('')).not.toContain('ek_secret')
  })
})

it('what a client did wrong is no error of the log', async () => {
  await client.send(`{ nonsense }`)
  await client.send(`{ viewer { history(first: 0) { totalCount } } }`)
  await client.send(`query ($id: ID!) { session(id: $id) { id } }`)
  expect(loggedErrors()).toEqual([])
})

/** A client with a cookie that no server remembers. */
function unknownClient(): GraphqlClient {
  const other = new GraphqlClient(installation.url)
  other.cookie = 'parley_session=abcdefghijklmnopqrstuvwxyz'
  return other
}
