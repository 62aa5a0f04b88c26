/** What cannot be accepted is refused with its place in the input, and nothing of it is stored. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { announce, bareId, lookUp, startedSessionId } from './a-session.ts'
import { mutate } from './mutations.ts'

let installation: TestInstallation
let client: GraphqlClient
let sessionId: string

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
  sessionId = await startedSessionId(client)
})
afterAll(() => installation.close())

describe('appendSegments', () => {
  const one = (over: object) => [segmentInput('bad', { ...over })]
  it.each([
    ['no segment', [], ['segments']],
    ['51 segments', Array.from({ length: 51 }, (_, index) => segmentInput(`item-${index}`)), ['segments']],
    ['empty text', one({ text: '' }), ['segments', '0', 'text']],
    ['text of blanks', one({ text: ' \n\t' }), ['segments', '0', 'text']],
    ['a null character in text', one({ text: 'a\0b' }), ['segments', '0', 'text']],
    ['20,001 characters', one({ text: 'a'.repeat(20_001) }), ['segments', '0', 'text']],
    ['an end before the start', one({ startMs: 10, endMs: 9 }), ['segments', '0', 'endMs']],
    ['a start before the session', one({ startMs: -1 }), ['segments', '0', 'startMs']],
    ['an end after a day', one({ endMs: 86_400_001 }), ['segments', '0', 'endMs']],
    ['a call that was never made', one({ callNumber: 2 }), ['segments', '0', 'callNumber']],
    ['call number 0', one({ callNumber: 0 }), ['segments', '0', 'callNumber']],
    ['an empty item id', one({ itemId: '' }), ['segments', '0', 'itemId']],
    ['an item id of 201 characters', one({ itemId: 'a'.repeat(201) }), ['segments', '0', 'itemId']],
    ['a null character in an item id', one({ itemId: 'a\0' }), ['segments', '0', 'itemId']],
    ['an item that follows itself', one({ previousItemId: 'bad' }), ['segments', '0', 'previousItemId']],
    ['a task in a conversation', one({ taskId: 'x' }), ['segments', '0', 'taskId']],
    [
      'one bad segment among good ones',
      [segmentInput('good'), segmentInput('bad', { text: '' })],
      ['segments', '1', 'text'],
    ],
  ])('refuses %s', async (_what, segments, path) => {
    const answer = await mutate(client, 'appendSegments', { input: { sessionId, segments } })
    expect(answer).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path, message: expect.stringMatching(/^[A-Z].*\.$/) }],
    })
    expect(await lookUp(installation, 'select from segments where session_id = $1', [bareId(sessionId)])).toEqual([])
  })

  it('takes what is just within the limits', async () => {
    const other = await startedSessionId(client)
    const longest = segmentInput('a'.repeat(200), { text: 'ü'.repeat(20_000), endMs: 86_400_000 })
    const others = Array.from({ length: 49 }, (_, index) =>
      segmentInput(`item-${index}`, { startMs: 5, endMs: 5, text: '👍 ok' }),
    )
    expect(
      await mutate(client, 'appendSegments', { input: { sessionId: other, segments: [longest, ...others] } }),
    ).toMatchObject({
      __typename: 'AppendSegmentsPayload',
      transcript: { revision: 1 },
    })
  })
})

describe('presignRecording', () => {
  it.each([
    ['another type', { mimeType: 'audio/mpeg' }, 'mimeType'],
    ['a type with more in it', { mimeType: 'audio/webm\r\nx-evil: 1' }, 'mimeType'],
    ['no bytes', { sizeBytes: 0 }, 'sizeBytes'],
    ['64 MiB and a byte', { sizeBytes: 64 * 1024 * 1024 + 1 }, 'sizeBytes'],
    ['no duration', { durationSeconds: 0 }, 'durationSeconds'],
    ['more than the cap and a minute', { durationSeconds: 960.1 }, 'durationSeconds'],
    ['a sum of 63 digits', { sha256: 'a'.repeat(63) }, 'sha256'],
    ['a sum that is not hex', { sha256: 'g'.repeat(64) }, 'sha256'],
    ['a start before the session', { startMs: -1 }, 'startMs'],
    ['part 0', { part: 0 }, 'part'],
    ['part 101', { part: 101 }, 'part'],
  ])('refuses %s', async (_what, over, name) => {
    const answer = await mutate(client, 'presignRecording', { input: announce(sessionId, 'audio', over) })
    expect(answer).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: [name], message: expect.stringMatching(/^[A-Z].*\.$/) }],
    })
    expect(await lookUp(installation, 'select from recordings where session_id = $1', [bareId(sessionId)])).toEqual([])
  })

  it.each([
    'audio/webm',
    'audio/webm;codecs=opus',
    'audio/ogg; codecs="opus"',
    'audio/mp4',
    'audio/mp4;codecs=mp4a.40.2',
  ])('takes %s, as long and as large as allowed', async (mimeType) => {
    const over = { mimeType, sizeBytes: 64 * 1024 * 1024, durationSeconds: 960, part: 100, sha256: 'A'.repeat(64) }
    const answer = await mutate(client, 'presignRecording', { input: announce(await reusedSession(), 'audio', over) })
    expect(answer).toMatchObject({
      __typename: 'PresignRecordingPayload',
      recording: { mimeType, sha256: 'a'.repeat(64) },
    })
  })
})

describe('updateViewer', () => {
  it.each([
    ['a pause of 499 ms', { endOfTurnPauseMs: 499 }],
    ['a pause of 5,001 ms', { endOfTurnPauseMs: 5_001 }],
    ['a speed of 0.74', { partnerSpeed: 0.74 }],
    ['a speed of 1.01', { partnerSpeed: 1.01 }],
    ['a name of 101 characters', { name: 'a'.repeat(101) }],
    ['an empty name', { name: '  ' }],
    ['a null character in a name', { name: 'a\0b' }],
    ['a null character in a voice', { voice: 'a\0b' }],
    ['a voice of 61 characters', { voice: 'a'.repeat(61) }],
    ['no zone at all', { timeZone: 'Nowhere/Land' }],
    ['an offset for a zone', { timeZone: '+01:00' }],
    ['no time zone', { timeZone: null }],
    ['neither yes nor no for captions', { captions: null }],
  ])('refuses %s', async (_what, input) => {
    const [name] = Object.keys(input)
    const answer = await mutate(client, 'updateViewer', { input })
    expect(answer).toMatchObject({
      __typename: 'InvalidInputFault',
      issues: [{ path: [name], message: expect.any(String) }],
    })
  })

  it('keeps what is left out, and takes null as the default', async () => {
    const all = {
      name: 'Ana',
      endOfTurnPauseMs: 500,
      partnerSpeed: 0.75,
      voice: 'cedar',
      level: 'B1',
      captions: false,
      timeZone: 'Europe/Berlin',
    }
    const { name, ...preferences } = all
    expect(await mutate(client, 'updateViewer', { input: all })).toMatchObject({ viewer: { name, preferences } })
    const cleared = { name: null, endOfTurnPauseMs: null, partnerSpeed: null, voice: null, level: null }
    const { viewer } = await mutate(client, 'updateViewer', { input: { ...cleared } })
    expect(viewer).toMatchObject({
      name: null,
      preferences: { ...preferences, endOfTurnPauseMs: null, partnerSpeed: null, voice: null, level: null },
    })
    expect(await mutate(client, 'updateViewer', { input: { name } })).toMatchObject({
      viewer: { name, preferences: { captions: false } },
    })
  })

  it('takes only time zones in which a day can be counted', async () => {
    const zones = [
      ...Intl.supportedValuesOf('timeZone'),
      'UTC',
      'GMT',
      'EST',
      'EST5EDT',
      'Asia/Calcutta',
      'US/Pacific',
      'utc',
      'Etc/GMT+12',
      'SystemV/PST8',
      'ACT',
      'PNT',
    ]
    const refusedByDatabase: string[] = []
    const known = new Set(
      (await lookUp(installation, `select lower(name) as name from pg_timezone_names`)).map((row) => row.name),
    )
    for (const timeZone of zones) {
      if (known.has(timeZone.toLowerCase())) continue
      const { __typename } = await mutate(client, 'updateViewer', { input: { timeZone } })
      const usage = await client.send(`{ viewer { usage { periodEnd } } }`)
      if (__typename === 'UpdateViewerPayload' && usage.errors) refusedByDatabase.push(timeZone)
    }
    expect(refusedByDatabase).toEqual([])
  })
})

describe('signUp', () => {
  const good = { email: 'limits@example.org', password: 'a good password' }
  it.each([
    ['a name of 101 characters', { name: 'a'.repeat(101) }, 'name', 'Use at most 100 characters.'],
    ['a null character in a name', { name: 'a\0b' }, 'name', 'A name has no null character.'],
    ['a null character in an address', { email: 'a\0b@example.org' }, 'email', 'This is not an e-mail address.'],
    [
      'an address of 255 characters',
      { email: `${'a'.repeat(243)}@example.org` },
      'email',
      'An e-mail address has at most 254 characters.',
    ],
    ['a password of 7 characters', { password: '1234567' }, 'password', 'Use at least 8 characters.'],
    ['a password of 201 characters', { password: 'a'.repeat(201) }, 'password', 'Use at most 200 characters.'],
  ])('refuses %s', async (_what, over, name, message) => {
    const answer = await mutate(client, 'signUp', { input: { ...good, ...over } })
    expect(answer).toMatchObject({ __typename: 'InvalidInputFault', issues: [{ path: [name], message }] })
  })

  it.each([null, ''])('takes %j for no name', async (name) => {
    const other = await mutate(client, 'signUp', {
      input: { ...good, email: `none-${String(name)}@example.org`, name },
    })
    expect(other).toMatchObject({ viewer: { name: null } })
  })
})

let reused: Promise<string> | null = null

/** One session for all that only announces. */
function reusedSession(): Promise<string> {
  reused ??= startedSessionId(client)
  return reused
}
