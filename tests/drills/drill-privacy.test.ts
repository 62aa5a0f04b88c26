/** An answer to an interview question is its owner's like any session: it can be taken along, and it goes without a trace. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { settled, storedRecordingId } from '../graphql/a-recording.ts'
import { bareId, lookUp } from '../graphql/a-session.ts'
import { exported } from '../graphql/an-export.ts'
import { mutate } from '../graphql/mutations.ts'
import { type GraphqlClient, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { unzip } from '../support/unzip.ts'
import { answeredDrillId, createScriptedScorer, settledDrill, startedDrillId, storePack, submit } from './a-drill.ts'

let installation: TestInstallation
let client: GraphqlClient
let question: string
beforeAll(async () => {
  installation = await startTestInstallation({ over: { drillEvaluator: createScriptedScorer() } })
  client = await signUpClient(installation.url)
  question = (await storePack(installation)).questions[0] ?? ''
})
afterAll(() => installation.close())

async function spokenDrillId(): Promise<string> {
  const sessionId = await startedDrillId(client, question)
  const recordingId = await storedRecordingId(client, sessionId, Buffer.from('some audio'))
  expect((await submit(client, sessionId, { recordingId })).__typename).toBe('SubmitDrillResponsePayload')
  await settled(client, recordingId)
  return sessionId
}

async function sessionFileOf(sessionId: string): Promise<{ mode: string; answer: unknown }> {
  const asked = await mutate(client, 'exportData', { requestId: randomUUID(), sessionId })
  const { url } = await exported(client, asked.export.id)
  const answer = await fetch(new URL(url ?? '', installation.url))
  const files = await unzip(Buffer.from(await answer.arrayBuffer()))
  const file = [...files].find(([path]) => path.endsWith('/session.json'))
  return JSON.parse(String(file?.[1]))
}

it('a typed answer is in the export as it was typed', async () => {
  const sessionId = await answeredDrillId(client, question, 'I planned it, and then I did it.')
  await settledDrill(client, sessionId)
  expect(await sessionFileOf(sessionId)).toMatchObject({
    mode: 'DRILL',
    answer: { text: 'I planned it, and then I did it.', recordingPart: null },
  })
})

it('a spoken answer is in the export as the part of the recording that it is', async () => {
  expect(await sessionFileOf(await spokenDrillId())).toMatchObject({ answer: { text: null, recordingPart: 1 } })
})

it.each(['typed', 'spoken'])('a %s answer goes with its drill, and the receipt counts it', async (how) => {
  const sessionId = how === 'typed' ? await answeredDrillId(client, question, 'I did it.') : await spokenDrillId()
  const id = bareId(sessionId)
  await settledDrill(client, sessionId, how === 'typed' ? 'COMPLETED' : 'FAILED')
  const answers = () => lookUp(installation, 'select 1 from drill_responses where session_id = $1', [id])
  expect(await answers()).toHaveLength(1)
  const rows = await countRows(id)
  const deleted = await mutate(client, 'deleteSession', { sessionId })
  expect(deleted.__typename).toBe('DeleteSessionPayload')
  expect(await answers()).toEqual([])
  expect(deleted.receipt.rows).toBe(rows)
  expect((await client.ask('query ($id: ID!) { session(id: $id) { id } }', { id: sessionId })).session).toBeNull()
})

/** Of the session, and of every table that names it. */
async function countRows(id: string): Promise<number> {
  const tables = await lookUp(
    installation,
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'session_id'`,
    [],
  )
  let count = 1
  for (const { name } of tables)
    count += (await lookUp(installation, `select 1 from ${name} where session_id = $1`, [id])).length
  return count
}
