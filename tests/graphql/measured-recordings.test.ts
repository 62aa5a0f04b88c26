/** What the server makes of a recording's sound, from its upload to what a page shows of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSilentRecording } from '../support/silent-recording.ts'
import { makeSoundingRecording, type Sound, speakFor } from '../support/sounding-recording.ts'
import {
  eventsOf,
  jobsOf,
  look,
  measureKey,
  recordingDocument,
  rowOf,
  settled,
  storedRecordingId,
} from './a-recording.ts'
import { bareId, endedSessionId, lookUp, startedSessionId } from './a-session.ts'

let installation: TestInstallation
let client: GraphqlClient

beforeAll(async () => {
  installation = await startTestInstallation()
  client = await signUpClient(installation.url)
})
afterAll(() => installation.close())

describe('a recording that is stored', () => {
  it.each([
    ['plain', 'GOOD'],
    ['quiet', 'QUIET'],
    ['clipped', 'CLIPPED'],
    ['silent', 'SILENT'],
  ] satisfies [Sound, string][])('of %s sound is %s', async (sound, quality) => {
    const recordingId = await storedRecordingId(
      client,
      await endedSessionId(client),
      await makeSoundingRecording(...speakFor(sound, 3)),
    )
    expect(await settled(client, recordingId)).toMatchObject({ quality, sampleRate: 48_000, channels: 2 })
  })

  it('is as long as its sound, not as it was announced', async () => {
    const sound = await makeSoundingRecording(...speakFor('plain', 5))
    const recordingId = await storedRecordingId(client, await endedSessionId(client), sound, { durationSeconds: 9 })
    expect((await settled(client, recordingId)).durationSeconds).toBeCloseTo(5, 2)
  })

  it('can be drawn, as finely as it is asked for', async () => {
    const recordingId = await storedRecordingId(
      client,
      await endedSessionId(client),
      await makeSoundingRecording(...speakFor('plain', 4)),
    )
    await settled(client, recordingId)
    const { peaks } = await look(client, recordingId, 40)
    const inTheMiddle = [2, 7, 12, 17, 22, 27, 32, 37].map((tenth) => peaks[tenth] as number)
    // A tone at -22 dBFS has its peaks at 29 of 255.
    expect(inTheMiddle.map((peak) => Math.round(peak / 29))).toEqual([1, 0, 1, 0, 1, 0, 1, 0])
    expect((await look(client, recordingId, 4_000)).peaks).toHaveLength(4_000)
    const byDefault = await client.ask(`query ($id: ID!) { node(id: $id) { ... on Recording { peaks } } }`, {
      id: recordingId,
    })
    expect(byDefault.node.peaks).toHaveLength(800)
  })

  it.each([0, -1, 4_001])('is not drawn with %i peaks, and the fault says what to ask for', async (count) => {
    const recordingId = await storedRecordingId(client, await endedSessionId(client), await makeSilentRecording(1))
    const { errors } = await client.send(recordingDocument, { id: recordingId, count })
    expect(errors).toMatchObject([
      { message: 'Ask for 1 to 4000.', extensions: { code: 'INVALID_INPUT', issues: [{ path: ['count'] }] } },
    ])
  })

  it('is told of once, to the session’s log and to whoever follows it', async () => {
    const sessionId = await endedSessionId(client)
    const socket = client.openSocket()
    try {
      const updates = socket.iterate<{ sessionUpdated: { recordings: { quality: string }[] } }>({
        query: `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { recordings { quality } } }`,
        variables: { id: sessionId },
      })
      await updates.next()
      await storedRecordingId(client, sessionId, await makeSoundingRecording(...speakFor('plain', 3)))
      for await (const { data } of updates) if (data?.sessionUpdated.recordings[0]?.quality === 'GOOD') break
    } finally {
      await socket.dispose()
    }
    expect(await eventsOf(client, sessionId, 'measure')).toEqual([
      {
        type: 'measure',
        detail: {
          part: 1,
          quality: 'GOOD',
          seconds: 3,
          soundDb: expect.closeTo(-22.5, 0),
          silenceShare: expect.closeTo(0.5, 1),
          clippedShare: 0,
        },
      },
    ])
  })

  it('is measured again by nobody who asks twice', async () => {
    const sessionId = await endedSessionId(client)
    const recordingId = await storedRecordingId(client, sessionId, await makeSilentRecording(2))
    await settled(client, recordingId)
    const before = await rowOf(installation, recordingId)
    const payload = JSON.stringify({ recordingId: bareId(recordingId) })
    const key = measureKey(recordingId)
    await lookUp(installation, `select graphile_worker.add_job('measure-recording', $1::json, job_key => $2)`, [
      payload,
      key,
    ])
    await expect.poll(() => jobsOf(installation, key), { timeout: 20_000 }).toEqual([])
    expect(await rowOf(installation, recordingId)).toEqual(before)
    expect(await eventsOf(client, sessionId, 'measure')).toHaveLength(1)
  })

  it('leads to feedback once its session has ended, and to none before', async () => {
    const asked = async (sessionId: string): Promise<number> => {
      const [found] = await lookUp(installation, 'select evaluation_round as round from sessions where id = $1', [
        bareId(sessionId),
      ])
      return found.round
    }
    const [running, ended] = [await startedSessionId(client), await endedSessionId(client)]
    for (const sessionId of [running, ended])
      await settled(client, await storedRecordingId(client, sessionId, await makeSilentRecording(1)))
    expect([await asked(running), await asked(ended)]).toEqual([0, 1])
  })
})
