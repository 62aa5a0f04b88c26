/** Whoever missed an answer sends the request again, perhaps while the first one is still at work: it is done once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createScriptedScorer, storePack } from '../drills/a-drill.ts'
import { signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { createTestClock, lookUp } from './a-session.ts'
import { mutate, printedSchema } from './mutations.ts'
import { aboutNoSession, type Scene, sentAgain, type SentAgain } from './sent-again-cases.ts'

const plenty = { tries: 10_000, perSeconds: 60 }
const time = createTestClock()
let installation: TestInstallation
let questionId: string

beforeAll(async () => {
  const allowances = { client: plenty, mutation: plenty, request: plenty }
  installation = await startTestInstallation({
    over: { clock: time.clock, allowances, drillEvaluator: createScriptedScorer() },
  })
  await holdJobs()
  questionId = (await storePack(installation)).questions[0]
})
afterAll(() => installation.close())

describe.each(sentAgain.map((one) => ({ ...one, name: `${one.mutation} of ${one.about}` })))('$name', (one) => {
  it('is done once, whether it comes again later or at the same moment', async () => {
    const [later, together] = [await sendTwice(one, inTurn), await sendTwice(one, atOnce)]
    const [first, second] = later.answers
    expect(first.__typename).toMatch(/Payload$/)
    expect(comparable(second, one)).toEqual(one.refused ? refusal(one.refused) : comparable(first, one))
    expect(later.addedAgain).toEqual(one.more?.rows ?? {})

    const [winner, other] = together.answers.toSorted(payloadFirst)
    expect(winner.__typename).toBe(first.__typename)
    expect(comparable(other, one)).toEqual(one.refused ? refusal(one.refused) : comparable(winner, one))
    expect(together.added).toEqual(later.added)
  })
})

it('every mutation of the printed schema has a case, or a reason to have none', () => {
  const named = [...new Set(sentAgain.map(({ mutation }) => mutation)), ...Object.keys(aboutNoSession)]
  expect(named.sort()).toEqual(Object.keys(printedSchema.getMutationType()?.getFields() ?? {}).sort())
})

// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any
type Send = () => Promise<Answer>

interface Twice {
  answers: [Answer, Answer]
  /** Rows by table, events and jobs by kind, that there are more of since. */
  added: Record<string, number>
  /** The same, by the second sending alone; nothing where both came at once. */
  addedAgain: Record<string, number>
}

async function sendTwice(
  one: SentAgain,
  sendBy: (send: Send) => Promise<Pick<Twice, 'answers' | 'addedAgain'>>,
): Promise<Twice> {
  const scene: Scene = { installation, client: await signUpClient(installation.url), questionId }
  const variables = await one.arrange(scene)
  const before = await countRows()
  const sent = await sendBy(() => mutate(scene.client, one.mutation, variables))
  return { ...sent, added: toAdded(before, await countRows()) }
}

async function inTurn(send: Send): Promise<Pick<Twice, 'answers' | 'addedAgain'>> {
  const first = await send()
  const before = await countRows()
  time.advance(5_000)
  const second = await send()
  return { answers: [first, second], addedAgain: toAdded(before, await countRows()) }
}

async function atOnce(send: Send): Promise<Pick<Twice, 'answers' | 'addedAgain'>> {
  return { answers: await Promise.all([send(), send()]), addedAgain: {} }
}

/** A job that ran would change what is counted: all of them wait, those of the clock too. */
async function holdJobs(): Promise<void> {
  await lookUp(
    installation,
    `create function hold_job() returns trigger language plpgsql as
      $$ begin new.run_at = now() + interval '100 years'; return new; end $$`,
  )
  await lookUp(
    installation,
    `create trigger hold_job before insert on graphile_worker._private_jobs for each row execute function hold_job()`,
  )
}

/** How many there are in each table; of events and of jobs also of each kind. */
async function countRows(): Promise<Record<string, number>> {
  // Signs of life of whoever runs jobs come and go; events are counted by kind.
  const tables = await lookUp(
    installation,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_name not in ('worker_heartbeats', 'session_events')`,
  )
  const counts = [
    ...tables.map(({ name }) => `select '${name}' as name, count(*)::int from ${name}`),
    `select 'session_events ' || type, count(*)::int from session_events group by type`,
    // Those of the clock have no key.
    `select 'jobs ' || task_identifier, count(*)::int from graphile_worker.jobs where key is not null group by task_identifier`,
  ]
  const rows = await lookUp(installation, counts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

function toAdded(before: Record<string, number>, after: Record<string, number>): Record<string, number> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const differences = names.map((name): [string, number] => [name, (after[name] ?? 0) - (before[name] ?? 0)])
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0))
}

/** The answer without what is another one each time. */
function comparable(answer: Answer, { fresh = {} }: SentAgain): Answer {
  const copy = structuredClone(answer)
  for (const path of Object.keys(fresh)) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const parent = keys.reduce((value, key) => value?.[key], copy)
    if (parent) delete parent[last]
  }
  return copy
}

function refusal({ fault }: { fault: string }): Answer {
  return expect.objectContaining({ __typename: fault })
}

function payloadFirst(one: Answer, other: Answer): number {
  return Number(other.__typename.endsWith('Payload')) - Number(one.__typename.endsWith('Payload'))
}
