/** What a learner publishes: only after saying so twice, only what was named, for whoever has the link, until it is taken back. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStream } from '../subscriptions/stream.ts'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { eventsOf, storedRecordingId } from './a-recording.ts'
import { bareId, endedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

const words = 'publish transcript'
const wordsAndSound = 'publish transcript and recording'
const audio = Buffer.from('0123456789 the sound of two voices')

let installation: TestInstallation
let webRoot: string
let learner: GraphqlClient
let visitor: GraphqlClient
let sessionId: string

beforeAll(async () => {
  webRoot = await mkdtemp(path.join(tmpdir(), 'parley-pages-'))
  await writeFile(path.join(webRoot, 'index.html'), '<!doctype html><title>Parley</title>')
  installation = await startTestInstallation({ over: { webRoot } })
})
afterAll(async () => {
  await installation.close()
  await rm(webRoot, { recursive: true })
})
beforeEach(async () => {
  learner = await signUpClient(installation.url, 'Marta')
  visitor = new GraphqlClient(installation.url)
  sessionId = await endedSessionId(learner, segmentInput('a', { speaker: 'LEARNER', text: 'I was born in Bern' }))
  await storedRecordingId(learner, sessionId, audio)
})

// oxlint-disable-next-line typescript/no-explicit-any
function publish(includeAudio: boolean, confirm?: string): Promise<any> {
  return mutate(learner, 'publishSession', { input: { sessionId, includeAudio, confirm } })
}

const publishedDocument = `query ($slug: String!) { publishedSession(slug: $slug) {
  title mode authorName segments { speaker text } recordingUrl recordings { part url } } }`

// oxlint-disable-next-line typescript/no-explicit-any
async function visit(slug: string): Promise<any> {
  return (await visitor.ask(publishedDocument, { slug })).publishedSession
}

const hear = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(new URL(url, installation.url), { headers })

it('is private until its owner has said twice what becomes public, and by which phrase', async () => {
  const first = await publish(true)
  expect(first).toMatchObject({ __typename: 'ConfirmationFault', confirm: wordsAndSound })
  for (const named of [/you and the partner said/, /your voice and the partner’s/, /Marta/])
    expect(first.message).toMatch(named)
  expect((await publish(false)).message).not.toMatch(/voice/)
  const { session } = await learner.ask(`query ($id: ID!) { session(id: $id) { privacy publication { slug } } }`, {
    id: sessionId,
  })
  expect(session).toEqual({ privacy: 'PRIVATE', publication: null })
  const done = await publish(true, wordsAndSound)
  expect(done.session).toMatchObject({ privacy: 'PUBLISHED', publication: { slug: done.slug, includeAudio: true } })
  expect(done.slug).toMatch(/^[\w-]{24}$/)
})

it('a phrase for the words does not publish the sound', async () => {
  expect((await publish(true, words)).__typename).toBe('InvalidInputFault')
})

describe('published with its sound', () => {
  let slug: string
  beforeEach(async () => {
    slug = (await publish(true, wordsAndSound)).slug
  })

  it('is there for whoever has the link, without an account', async () => {
    expect(await visit(slug)).toEqual({
      title: expect.any(String),
      mode: 'CONVERSATION',
      authorName: 'Marta',
      segments: [{ speaker: 'LEARNER', text: 'I was born in Bern' }],
      recordingUrl: `/published/${slug}/recordings/1`,
      recordings: [{ part: 1, url: `/published/${slug}/recordings/1` }],
    })
    expect(visitor.cookie).toBeNull()
    for (const other of ['', 'x', slug.slice(1), `${slug}a`, bareId(sessionId), '\0'.repeat(24)])
      expect(await visit(other)).toBeNull()
  })

  it('is heard in ranges, kept by nobody on the way, and found by no search engine', async () => {
    const url = `/published/${slug}/recordings/1`
    const whole = await hear(url)
    expect([whole.status, await whole.text()]).toEqual([200, audio.toString()])
    expect(whole.headers.get('content-type')).toBe('audio/webm;codecs=opus')
    const part = await hear(url, { range: 'bytes=11-13' })
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
      206,
      `bytes 11-13/${audio.length}`,
      'the',
    ])
    for (const answer of [whole, part]) {
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(answer.headers.get('x-robots-tag')).toContain('noindex')
    }
    const head = await fetch(new URL(url, installation.url), { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(audio.length)])
    for (const wrong of [
      `/published/${slug}/recordings/2`,
      `/published/${slug}/recordings/x`,
      '/published/%00/recordings/1',
    ])
      expect((await hear(wrong)).status).toBe(404)
  })

  it('has a page that no search engine takes up; the others may be', async () => {
    const page = (address: string) => hear(address, { accept: 'text/html' })
    const published = await page(`/p/${slug}`)
    expect([published.status, published.headers.get('x-robots-tag')]).toEqual([200, 'noindex, nofollow'])
    expect(published.headers.get('referrer-policy')).toBe('no-referrer')
    expect((await page('/')).headers.get('x-robots-tag')).toBeNull()
  })

  it('is gone at once when it is taken back, and its address never leads anywhere again', async () => {
    const url = (await visit(slug)).recordingUrl
    const { headers } = await hear(url)
    const taken = await mutate(learner, 'unpublishSession', { sessionId })
    expect(taken.session).toEqual({ id: sessionId, privacy: 'PRIVATE', publication: null })
    expect(await visit(slug)).toBeNull()
    for (const request of [{}, { range: 'bytes=0-3' }, { 'if-none-match': headers.get('etag') ?? '' }])
      expect((await hear(url, request as Record<string, string>)).status).toBe(404)
    const again = await publish(false, words)
    expect(again.slug).not.toBe(slug)
    expect(await visit(slug)).toBeNull()
  })

  it('the sound alone can be taken back, at the same address', async () => {
    const url = (await visit(slug)).recordingUrl
    expect((await publish(false, words)).slug).toBe(slug)
    expect(await visit(slug)).toMatchObject({ recordingUrl: null, recordings: [] })
    expect((await hear(url)).status).toBe(404)
  })

  it('keeps the name that its owner agreed to', async () => {
    await mutate(learner, 'updateViewer', { input: { name: 'Someone else' } })
    expect((await visit(slug)).authorName).toBe('Marta')
  })

  it('goes with the session', async () => {
    const url = (await visit(slug)).recordingUrl
    await mutate(learner, 'deleteSession', { sessionId })
    expect(await visit(slug)).toBeNull()
    expect((await hear(url)).status).toBe(404)
  })

  it('is known to whoever follows the session, and in its log, without words', async () => {
    const socket = learner.openSocket()
    const stream = openStream<{ privacy: string }>(
      socket,
      'sessionUpdated',
      'subscription ($id: ID!) { sessionUpdated(sessionId: $id) { privacy } }',
      { id: sessionId },
    )
    await stream.until((received) => received.at(-1)?.privacy === 'PUBLISHED')
    await mutate(learner, 'unpublishSession', { sessionId })
    await stream.until((received) => received.at(-1)?.privacy === 'PRIVATE')
    expect(await eventsOf(learner, sessionId, 'publish')).toEqual([{ type: 'publish', detail: { includeAudio: true } }])
    expect(await eventsOf(learner, sessionId, 'unpublish')).toHaveLength(1)
    await socket.dispose()
  })
})

it('published without its sound, nothing of it is heard', async () => {
  const { slug } = await publish(false, words)
  expect(await visit(slug)).toMatchObject({ recordingUrl: null, recordings: [] })
  expect((await hear(`/published/${slug}/recordings/1`)).status).toBe(404)
})
