/**
 * Many learners' conversations through a mix of faults, by the page's own code against the real server, database and store.
 * `PARLEY_FAULT_SEED=n` plays one run again; `npm run test:faults` plays all 200.
 */
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bareId } from '../graphql/a-session.ts'
import { type FaultyWorld, startFaultyWorld } from './faulty-world.ts'
import { type RunResult, runLearner } from './learner-run.ts'
import { createRandom } from './random.ts'

const wanted = process.env['PARLEY_FAULT_SEED']
const runs = process.env['PARLEY_TEST_FAULTS'] === '1' ? 200 : 40
const seeds = wanted === undefined ? Array.from({ length: runs }, (_, index) => index + 1) : [Number(wanted)]
let world: FaultyWorld
let database: pg.Client

beforeAll(async () => {
  world = await startFaultyWorld()
  database = await world.lookInto()
})
afterAll(async () => {
  await database.end()
  await world.close()
})

it(
  `${seeds.length} conversations lose and double nothing, and 95 % of them are saved without another visit`,
  { timeout: 10 * 60_000 },
  async () => {
    const results: RunResult[] = []
    for (const seed of seeds) {
      try {
        const result = await runLearner(world, createRandom(seed))
        await expectAllKept(result)
        results.push(result)
      } catch (error) {
        throw new Error(`seed ${seed}: PARLEY_FAULT_SEED=${seed} plays it again`, { cause: error })
      }
    }
    report(results)
    expect(results.filter((result) => result.isRecovered).length / results.length).toBeGreaterThanOrEqual(0.95)
  },
)

async function expectAllKept({ sessionId, said, sound }: RunResult): Promise<void> {
  const id = bareId(sessionId)
  const segments = await database.query(
    'select item_id, text, final, speaker, sequence from segments where session_id = $1 order by sequence',
    [id],
  )
  expect(segments.rows).toEqual(
    said.map(({ itemId, text, speaker }, index) => ({
      item_id: itemId,
      text,
      speaker,
      final: true,
      sequence: index + 1,
    })),
  )
  const session = await database.query(
    `select s.status, s.segment_count, (select count(*)::int from recordings r where r.session_id = s.id) recordings,
      (select count(*)::int from session_events e where e.session_id = s.id and e.type = 'end') ends
      from sessions s where s.id = $1`,
    [id],
  )
  expect(session.rows).toEqual([{ status: 'ENDED', segment_count: said.length, recordings: 1, ends: 1 }])
  const [recording] = (await database.query('select * from recordings where session_id = $1', [id])).rows
  expect(recording.sha256).toBe(createHash('sha256').update(sound).digest('hex'))
  expect((await world.installation.blobs.head(recording.storage_key))?.sha256Hex).toBe(recording.sha256)
}

function report(results: readonly RunResult[]): void {
  const counts = new Map<string, number>()
  for (const fault of results.flatMap(({ faults }) => faults)) counts.set(fault, (counts.get(fault) ?? 0) + 1)
  const seconds = results.map(({ savedAfterSeconds }) => savedAfterSeconds).toSorted((a, b) => a - b)
  console.log(
    `${results.length} runs, ${results.filter(({ isRecovered }) => isRecovered).length} saved at once; ` +
      `seconds to save: median ${seconds[Math.floor(seconds.length / 2)]}, longest ${seconds.at(-1)}; faults: ` +
      [...counts].map(([kind, count]) => `${kind} ${count}`).join(', '),
  )
}
