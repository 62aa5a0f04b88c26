/** Recordings of a speaking test become its transcript: once, and whatever fails on the way the recording stays. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDatabaseClient, type DatabaseClient } from '../../db/client.ts'
import { createRecordingDecoder, type RecordingDecoder } from '../../server/audio/recording-decoder.ts'
import { createIdMaker, type RecordingId } from '../../server/domain/ids.ts'
import { transcribeRecording } from '../../server/services/transcribe-recording.ts'
import { type BlobStore, BlobStoreUnavailableError } from '../../server/storage/blob-store.ts'
import { type Transcriber, type Transcription, TranscriptionError } from '../../server/transcription/transcriber.ts'
import { eventsOf, storedRecordingId } from '../graphql/a-recording.ts'
import { bareId, lookUp, startedSessionId } from '../graphql/a-session.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'

let installation: TestInstallation
let client: GraphqlClient
let db: DatabaseClient
let decoder: RecordingDecoder
let sessionId: string
let sound: Buffer<ArrayBuffer>

beforeAll(async () => {
  // It has no speech model: the jobs of the installation find nobody, and the tests run what they would.
  installation = await startTestInstallation()
  db = createDatabaseClient({ url: installation.database.appUrl, onConnectionError: () => undefined })
  decoder = createRecordingDecoder()
  sound = await makeSoundingRecording(...speakFor('plain', 4))
})
beforeEach(async () => {
  client = await signUpClient(installation.url)
  sessionId = await startedTest()
})
afterAll(async () => {
  await decoder.close()
  await db.close()
  await installation.close()
})

async function startedTest(): Promise<string> {
  const input = { requestId: randomUUID(), activity: { speakingTest: { level: 'B1' } } }
  return (await mutate(client, 'startSession', { input })).session.id
}

async function taskIdOf(index: number): Promise<string> {
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id index } } } }`,
    { id: sessionId },
  )
  return session.tasks.find((task: { index: number }) => task.index === index).id
}

/** The answer to a task, stored. */
async function answerTask(index = 1, content = sound): Promise<RecordingId> {
  const id = await storedRecordingId(client, sessionId, content, { taskId: await taskIdOf(index) })
  return bareId(id) as RecordingId
}

/** The service, as a job runs it. */
function run(
  recordingId: RecordingId,
  transcriber: Partial<Transcriber>,
  over: { isLastTry?: boolean; blobs?: Pick<BlobStore, 'read'> } = {},
) {
  const deps = {
    db,
    decoder,
    blobs: over.blobs ?? installation.blobs,
    bus: {
      ring: (...bells: { topic: string }[]) => rung.push(...bells.map(({ topic }) => topic)),
      listen: () => () => undefined,
      listenAll: () => () => undefined,
    },
    clock: () => new Date(),
    makeId: createIdMaker(() => new Date()),
    transcriber: { isAvailable: async () => true, transcribe: async () => said('Hello.'), ...transcriber },
    log: { warn: (detail: Record<string, unknown>, line: string) => logged.push(`${JSON.stringify(detail)} ${line}`) },
  } as unknown as Parameters<typeof transcribeRecording>[0]
  return transcribeRecording(deps, recordingId, { isLastTry: over.isLastTry ?? false })
}
const logged: string[] = []
/** Topics of the bells, as they were rung. */
const rung: string[] = []

function said(...texts: string[]): Transcription {
  const passages = texts.map((text, index) => ({
    text,
    startMs: index * 2_000,
    endMs: index * 2_000 + 1_000,
    words: null,
  }))
  return { provider: 'example.org', model: 'a-model', language: 'en', passages }
}

function segments(): Promise<Record<string, unknown>[]> {
  return lookUp(
    installation,
    'select item_id, text, start_ms, end_ms, source, speaker, task_id, sequence, final from segments where session_id = $1 order by sequence',
    [bareId(sessionId)],
  )
}

async function texts(): Promise<unknown[]> {
  return (await segments()).map(({ text }) => text)
}

describe('a recording that is transcribed', () => {
  it('is among the events of the session, by numbers alone', async () => {
    const recordingId = await answerTask()
    await run(recordingId, { transcribe: async () => said('My cat is called Ottokar.') })
    const [event, ...others] = await eventsOf(client, sessionId, 'transcribe')
    expect(others).toEqual([])
    expect(event?.detail).toMatchObject({ part: 1, segments: 1, words: 5 })
    expect(event?.detail['audioSeconds']).toBeCloseTo(4, 1)
    expect(Object.values(event?.detail ?? {}).every((value) => typeof value === 'number')).toBe(true)
    expect([...installation.logs, ...logged].join('\n')).not.toContain('Ottokar')
  })

  it('is given as the learner’s side alone', async () => {
    let samples = new Int16Array()
    const transcribe: Transcriber['transcribe'] = async (given) => {
      samples = Int16Array.from(given)
      return said()
    }
    await run(await answerTask(), { transcribe })
    expect(samples.length).toBe(4 * 16_000)
    // Its tone is one of -22 dBFS, whose peaks are at 3,680; the partner's are at 1,470.
    expect(Math.round(Math.max(...samples) / 1_000)).toBe(4)
  })
})

it('whoever follows the session is told when it is begun, and when it is over', async () => {
  const recordingId = await answerTask()
  const status = `select transcription_status as status from recordings where id = $1`
  const states: unknown[] = []
  rung.length = 0
  const transcribe: Transcriber['transcribe'] = async () => {
    states.push(...(await lookUp(installation, status, [recordingId])), ...rung)
    rung.length = 0
    return said('Hello.')
  }
  await run(recordingId, { transcribe })
  states.push(...(await lookUp(installation, status, [recordingId])), ...rung)
  const [begun, over] = [{ status: 'PROCESSING' }, { status: 'COMPLETED' }]
  expect(states).toEqual([begun, 'session', 'history', over, 'transcript', 'session', 'history'])
})

describe('once', () => {
  it('however often it is run, one after the other or at once, and whatever is said then', async () => {
    const recordingId = await answerTask()
    await Promise.all([run(recordingId, {}), run(recordingId, {}), run(recordingId, {})])
    const before = await segments()
    expect(before).toHaveLength(1)
    let isAsked = false
    await run(recordingId, {
      transcribe: async () => {
        isAsked = true
        return said('Something', 'else.', 'And more.')
      },
    })
    expect(isAsked).toBe(false)
    expect(await segments()).toEqual(before)
    expect(await eventsOf(client, sessionId, 'transcribe')).toHaveLength(1)
  })

  it('when it was killed before it wrote', async () => {
    const recordingId = await answerTask()
    const killed = run(recordingId, { transcribe: () => Promise.reject(new Error('killed')) })
    await expect(killed).rejects.toThrow('killed')
    expect(await texts()).toEqual([])
    await run(recordingId, {})
    expect(await texts()).toEqual(['Hello.'])
    expect(await eventsOf(client, sessionId, 'transcribe')).toHaveLength(1)
  })

  it('for each answer, in the order of the tasks, whichever is done first', async () => {
    const [first, second] = [await answerTask(1), await answerTask(2)]
    await run(second, { transcribe: async () => said('Three.', 'Four.') })
    await run(first, { transcribe: async () => said('One.', 'Two.') })
    expect(await texts()).toEqual(['One.', 'Two.', 'Three.', 'Four.'])
  })

  it('also in a transcript that is closed, and then the session is judged anew', async () => {
    const recordingId = await answerTask()
    await mutate(client, 'endSession', { input: { sessionId } })
    await lookUp(installation, 'update transcripts set finalized_at = now() where session_id = $1', [bareId(sessionId)])
    const round = async (): Promise<number> =>
      (
        await lookUp(installation, 'select evaluation_round as round from sessions where id = $1', [bareId(sessionId)])
      )[0].round
    await expect.poll(() => eventsOf(client, sessionId, 'measure'), { timeout: 20_000 }).toHaveLength(1)
    const before = await round()
    await run(recordingId, {})
    expect(await texts()).toEqual(['Hello.'])
    expect(await round()).toBe(before + 1)
  })
})

describe('nothing is written', () => {
  it('where nobody can transcribe', async () => {
    const recordingId = await answerTask()
    await run(recordingId, { isAvailable: async () => false, transcribe: () => expect.fail('it was asked') })
    expect(await texts()).toEqual([])
    expect(await eventsOf(client, sessionId, 'transcribe')).toEqual([])
    expect(await lookUp(installation, 'select storage_key from recordings where id = $1', [recordingId])).toMatchObject(
      [{ storage_key: expect.any(String) }],
    )
  })

  it('of a conversation, which its partner heard', async () => {
    sessionId = await startedSessionId(client)
    const id = await storedRecordingId(client, sessionId, sound)
    await run(bareId(id) as RecordingId, { transcribe: () => expect.fail('it was asked') })
    expect(await texts()).toEqual([])
  })

  it('where the learner has told already what they said', async () => {
    const recordingId = await answerTask()
    const given = await mutate(client, 'provideLearnerText', {
      input: { sessionId, recordingId: `Recording_${recordingId}`, text: 'I like tea.' },
    })
    expect(given.__typename).toBe('ProvideLearnerTextPayload')
    await run(recordingId, {})
    expect(await texts()).toEqual(['I like tea.'])
  })

  it('of a recording or a session that is not there any more', async () => {
    await run(randomUUID() as RecordingId, {})
    const recordingId = await answerTask()
    await run(recordingId, {
      transcribe: async () => {
        await lookUp(installation, 'update sessions set recording_id = null where id = $1', [bareId(sessionId)])
        await lookUp(installation, 'delete from sessions where id = $1', [bareId(sessionId)])
        return said('Hello.')
      },
    })
    expect(await texts()).toEqual([])
  })
})

describe('what fails', () => {
  const away = new TranscriptionError('TRANSCRIBER_UNAVAILABLE', 'away', true)
  const refused = new TranscriptionError('TRANSCRIBER_REFUSED', 'refused', false)
  const details = async () => (await eventsOf(client, sessionId, 'transcribe')).map(({ detail }) => detail)

  it('for a moment is thrown, to be tried again, and noted when there is no other try', async () => {
    const recordingId = await answerTask()
    await expect(run(recordingId, { transcribe: () => Promise.reject(away) })).rejects.toBe(away)
    expect(await details()).toEqual([])
    const last = run(recordingId, { transcribe: () => Promise.reject(away) }, { isLastTry: true })
    await expect(last).rejects.toBe(away)
    expect(await details()).toEqual([{ part: 1, code: 'TRANSCRIBER_UNAVAILABLE' }])
    await run(recordingId, {})
    expect(await texts()).toEqual(['Hello.'])
  })

  it('for good is noted at once, and not tried again', async () => {
    await run(await answerTask(), { transcribe: () => Promise.reject(refused) })
    expect(await details()).toEqual([{ part: 1, code: 'TRANSCRIBER_REFUSED' }])
  })

  it('because it cannot be decoded is noted at once', async () => {
    await run(await answerTask(1, Buffer.from('this is no audio at all')), {})
    expect(await details()).toEqual([{ part: 1, code: 'NOT_AUDIO' }])
  })

  it('because the store is away may come right', async () => {
    const recordingId = await answerTask()
    const blobs = { read: () => Promise.reject(new BlobStoreUnavailableError('be read', null)) }
    await expect(run(recordingId, {}, { blobs })).rejects.toThrow('cannot be reached')
    await expect(run(recordingId, {}, { blobs, isLastTry: true })).rejects.toThrow('cannot be reached')
    expect(await details()).toEqual([{ part: 1, code: 'STORAGE_UNAVAILABLE' }])
  })
})
