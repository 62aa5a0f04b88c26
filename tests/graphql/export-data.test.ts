/** A copy of what is a learner's: whole, openable by other programs, of one moment, for a day, and nothing of it left behind. */
import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRecordingDecoder } from '../../server/audio/recording-decoder.ts'
import { describeWithFfprobe, probeCues, probeSound } from '../support/ffprobe.ts'
import { type GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { makeSoundingRecording, speakFor } from '../support/sounding-recording.ts'
import { parseWebVtt } from '../support/web-vtt.ts'
import { jobsOf, runNow } from './a-recording.ts'
import { bareId, createTestClock, endedSessionId, lookUp } from './a-session.ts'
import {
  askForExport,
  download,
  exported,
  exportedFiles,
  exportState,
  jsonOf,
  spokenSessionId,
  WatchedStore,
} from './an-export.ts'
import { mutate } from './mutations.ts'

const dayMs = 24 * 3_600_000
let time: ReturnType<typeof createTestClock>
let installation: TestInstallation
let learner: GraphqlClient
const store = new WatchedStore()

beforeAll(async () => {
  time = createTestClock()
  installation = await startTestInstallation({ over: { clock: time.clock }, wrapBlobs: (blobs) => store.watch(blobs) })
})
afterAll(() => installation.close())
beforeEach(async () => {
  learner = await signUpClient(installation.url, 'Marta')
  store.reset()
})

const ask = (sessionId?: string) => askForExport(learner, sessionId)
const filesOf = (exportId: string) => exportedFiles(learner, exportId)
const spokenSession = (text: string, audio?: Buffer<ArrayBuffer>) => spokenSessionId(learner, text, audio)

async function listExports(): Promise<string[]> {
  const { viewer } = await learner.ask('{ viewer { id } }')
  const keys: string[] = []
  for await (const { key } of installation.blobs.list(`exports/${bareId(viewer.id)}/`)) keys.push(key)
  return keys
}

describe('everything', () => {
  it('is there, as other programs read it, and every sum is right', async () => {
    const said = 'I said <b>“so”</b> & went on\u2028here'
    const sessionId = await spokenSession(said, await makeSoundingRecording(...speakFor('plain', 2)))
    const { session } = await learner.ask(`query ($id: ID!) { session(id: $id) { title } }`, { id: sessionId })
    const files = await filesOf(await ask())
    const manifest = jsonOf(files, 'manifest.json')
    expect(manifest).toMatchObject({ sessions: 1, missing: [] })
    const sums = [...files]
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, content]) => ({
        path,
        sizeBytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      }))
    const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
    expect(manifest.files.toSorted(byPath)).toEqual(sums.toSorted(byPath))

    const folder =
      [...files.keys()].find((path) => path.endsWith('/transcript.vtt'))?.replace('/transcript.vtt', '') ?? ''
    expect(parseWebVtt(files.get(`${folder}/transcript.vtt`)?.toString() ?? '')).toEqual([
      { startMs: 0, endMs: 61_500, voice: 'Learner', text: said },
    ])
    expect(files.get(`${folder}/transcript.txt`)?.toString()).toBe(`Learner: ${said}\n`)
    expect(jsonOf(files, `${folder}/transcript.json`).segments).toMatchObject([
      { sequence: 1, text: said, endMs: 61_500 },
    ])
    expect(jsonOf(files, `${folder}/session.json`)).toMatchObject({ id: bareId(sessionId), title: session.title })
    expect(jsonOf(files, `${folder}/events.json`).map(({ type }: { type: string }) => type)).toContain('record_stop')
    expect(jsonOf(files, 'account.json')).toMatchObject({ name: 'Marta' })
    const page = files.get(`${folder}/index.html`)?.toString() ?? ''
    expect(page).toContain('I said &lt;b&gt;“so”&lt;/b&gt; &amp; went on')
    expect(page).toContain('src="recording-1.webm"')
    expect(files.get('index.html')?.toString()).toContain(`href="${folder}/index.html"`)
    const decoder = createRecordingDecoder()
    try {
      const sound = await decoder.measure(Readable.from([files.get(`${folder}/recording-1.webm`)]))
      expect(sound.seconds).toBeCloseTo(2, 0)
    } finally {
      await decoder.close()
    }
  })

  describeWithFfprobe('as ffprobe reads it', () => {
    const fileOf = (files: Map<string, Buffer>, name: string) =>
      [...files].find(([path]) => path.endsWith(`/${name}`))?.[1] ?? Buffer.of()

    it('has its sound, to the last packet', async () => {
      const sessionId = await spokenSession('I said so', await makeSoundingRecording(...speakFor('plain', 2)))
      const probed = await probeSound(fileOf(await filesOf(await ask(sessionId)), 'recording-1.webm'))
      expect(probed).toMatchObject({ container: 'matroska,webm', codec: 'opus', channels: 2 })
      expect(probed.seconds).toBeCloseTo(2, 1)
    })

    it('has each cue at its time, whatever was said', async () => {
      const sessionId = await endedSessionId(
        learner,
        segmentInput('a', { speaker: 'LEARNER', text: 'so\r\r9\n\n00:00:07.000 --> 00:00:08.000', endMs: 61_500 }),
        segmentInput('b', { previousItemId: 'a', text: 'Is 1 < 2?', startMs: 62_005, endMs: 3_661_007 }),
      )
      expect(await probeCues(fileOf(await filesOf(await ask(sessionId)), 'transcript.vtt'))).toEqual([
        { startSeconds: 0, seconds: 61.5, text: '<v Learner>so 9 00:00:07.000 --&gt; 00:00:08.000' },
        { startSeconds: 62.005, seconds: 3_599.002, text: '<v Partner>Is 1 &lt; 2?' },
      ])
    })
  })

  it('holds the feedback on a session', async () => {
    const sessionId = await spokenSession('I said so')
    await lookUp(
      installation,
      `insert into evaluations (id, session_id, user_id, scorer, input_key, level_range, metrics, result, processing_ms, created_at)
        select gen_random_uuid(), id, user_id, 'local/1', repeat('a', 64), '{}', '{"measures":[]}', '{"rationale":"Well said."}', 1, now()
        from sessions where id = $1`,
      [bareId(sessionId)],
    )
    const files = await filesOf(await ask())
    const path = [...files.keys()].find((each) => each.endsWith('/evaluations.json')) ?? ''
    expect(jsonOf(files, path)).toContainEqual(
      expect.objectContaining({ scorer: 'local/1', result: { rationale: 'Well said.' } }),
    )
  })

  it('says nothing of other people’s, and nothing of how it is stored', async () => {
    const other = await signUpClient(installation.url)
    const theirs = await endedSessionId(other, segmentInput('a', { text: 'not yours' }))
    await spokenSession('mine')
    const all = [...(await filesOf(await ask())).values()].map(String).join('\n')
    expect(all).toContain('mine')
    for (const hidden of ['not yours', bareId(theirs), 'recordings/', 'incoming/', 'password', 'value_hash'])
      expect(all).not.toContain(hidden)
  })

  it('opens one recording at a time, however many there are, and tells after each how far it is', async () => {
    for (let index = 0; index < 12; index += 1) await spokenSession(`session ${index}`)
    const shares: number[] = []
    store.beforeRead = async () => {
      const { viewer } = await learner.ask('{ viewer { exports { edges { node { progress } } } } }')
      shares.push(viewer.exports.edges[0].node.progress)
    }
    const files = await filesOf(await ask())
    expect([...files.keys()].filter((path) => path.endsWith('recording-1.webm'))).toHaveLength(12)
    expect([store.mostOpen, store.open]).toEqual([1, 0])
    expect(shares).toEqual(Array.from({ length: 12 }, (_, done) => expect.closeTo((done / 12) * 0.99, 5)))
  })

  it('tells of recordings that the store has lost', async () => {
    const sessionId = await spokenSession('I said so')
    for await (const { key } of installation.blobs.list(`recordings/${bareId(sessionId)}/`))
      await installation.blobs.delete(key)
    const manifest = jsonOf(await filesOf(await ask()), 'manifest.json')
    expect(manifest.missing).toEqual([
      { path: expect.stringMatching(/recording-1\.webm$/), reason: 'the store did not have it.' },
    ])
  })
})

it('one session alone holds that one alone', async () => {
  await spokenSession('another')
  const files = await filesOf(await ask(await spokenSession('this one')))
  const texts = [...files].filter(([path]) => path.endsWith('transcript.txt')).map(([, content]) => String(content))
  expect([texts, files.has('account.json')]).toEqual([['Learner: this one\n'], false])
})

it('is asked for once by the same request, and once while one is being made', async () => {
  await spokenSession('I said so')
  const holding = Promise.withResolvers<void>()
  store.beforeRead = () => holding.promise
  const requestId = randomUUID()
  const first = await mutate(learner, 'exportData', { requestId })
  await expect
    .poll(async () => (await exportState(learner, first.export.id))?.status, { timeout: 20_000 })
    .toBe('PROCESSING')
  const again = [
    await mutate(learner, 'exportData', { requestId }),
    await mutate(learner, 'exportData', { requestId: randomUUID() }),
  ]
  holding.resolve()
  expect(again.map((answer) => answer.export.id)).toEqual([first.export.id, first.export.id])
  await exported(learner, first.export.id)
  const { viewer } = await learner.ask('{ viewer { exports { edges { node { id status progress } } } } }')
  expect(viewer.exports.edges).toEqual([{ node: { id: first.export.id, status: 'COMPLETED', progress: 1 } }])
})

describe('its link', () => {
  afterEach(() => time.advance(-2 * dayMs))

  it('holds for a day; then it is deleted', async () => {
    await spokenSession('I said so')
    const id = await ask()
    const { url, expiresAt } = await exported(learner, id)
    expect(Date.parse(expiresAt ?? '') - time.clock().getTime()).toBeLessThanOrEqual(dayMs)
    await download(learner, url)
    expect(await listExports()).toHaveLength(1)
    time.advance(2 * dayMs)
    expect((await exportState(learner, id))?.url).toBeNull()
    await runNow(installation, 'sweep-store')
    expect(await exportState(learner, id)).toBeNull()
    expect(await listExports()).toEqual([])
  })
})

describe('a session that is deleted', () => {
  it('is left in no export that was made', async () => {
    const sessionId = await spokenSession('I said so')
    await spokenSession('another')
    const ids = [await ask(sessionId), await ask()]
    for (const id of ids) await exported(learner, id)
    await mutate(learner, 'deleteSession', { sessionId })
    for (const id of ids) expect(await exportState(learner, id)).toBeNull()
    await expect.poll(listExports, { timeout: 20_000 }).toEqual([])
  })

  it('while an export of everything is being made, is not in it', async () => {
    const sessionId = await spokenSession('take this out')
    await spokenSession('leave this in')
    store.beforeRead = async () => {
      store.beforeRead = async () => undefined
      await mutate(learner, 'deleteSession', { sessionId })
    }
    const id = await ask()
    const texts = [...(await filesOf(id))]
      .filter(([path]) => path.endsWith('transcript.txt'))
      .map(([, text]) => String(text))
    expect(texts).toEqual(['Learner: leave this in\n'])
    await expect.poll(listExports, { timeout: 20_000 }).toHaveLength(1)
  })

  it('takes the export of it alone with it, while that is being made', async () => {
    const sessionId = await spokenSession('I said so')
    store.beforeRead = async () => void (await mutate(learner, 'deleteSession', { sessionId }))
    const id = await ask(sessionId)
    await expect.poll(() => exportState(learner, id), { timeout: 20_000 }).toBeNull()
    await expect.poll(() => jobsOf(installation, `export-data:${bareId(id)}`), { timeout: 20_000 }).toEqual([])
    expect(await listExports()).toEqual([])
  })
})

it('is tried again when the store is away for a moment', async () => {
  await spokenSession('I said so')
  let tries = 0
  store.beforeRead = async () => {
    tries += 1
    if (tries === 1) throw new Error('the store is away')
  }
  const id = await ask()
  expect((await exported(learner, id)).status).toBe('COMPLETED')
  expect(tries).toBe(2)
})

it('that cannot be made says so', async () => {
  await spokenSession('I said so')
  store.beforeRead = () => Promise.reject(new Error('the store is away'))
  const id = await ask()
  const key = `export-data:${bareId(id)}`
  const waiting = () =>
    lookUp(installation, 'select id from graphile_worker.jobs where key = $1 and locked_at is null and attempts = 1', [
      key,
    ])
  await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1)
  await lookUp(
    installation,
    'select graphile_worker.reschedule_jobs(array[id], now(), max_attempts => 2) from graphile_worker.jobs where key = $1',
    [key],
  )
  const { status, failure } = await exported(learner, id)
  expect([status, failure]).toEqual(['FAILED', expect.objectContaining({ retryable: true })])
  expect(await listExports()).toEqual([])
})

it('that could not be made takes up none of the ten places', async () => {
  await lookUp(
    installation,
    `insert into data_exports (id, user_id, request_id, session_id, status, progress, round, failure, created_at)
      select gen_random_uuid(), $1, gen_random_uuid(), null, 'FAILED', 0, 1, '{"code": "EXPORT_FAILED", "message": "It failed.", "retryable": true}', $2
      from generate_series(1, 10)`,
    [bareId((await learner.ask('{ viewer { id } }')).viewer.id), time.clock()],
  )
  expect(await ask()).toEqual(expect.any(String))
})
