/** Whatever belongs to another account answers exactly as if it did not exist, by every way an id can be given. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { bareId, endedSessionId, idOfNothing, lookUp, startedSessionId, uploadedRecordingId } from './a-session.ts'
import { answeredDrillId, createScriptedScorer, settledDrill, startedDrillId, storePack } from '../drills/a-drill.ts'
import { settled } from './a-recording.ts'
import { exported } from './an-export.ts'
import { createProgram } from './an-access-token.ts'
import { listIdPlaces } from './list-id-places.ts'
import { idPlaces, publicPlaces } from './id-places.ts'
import { mutate, printedSchema } from './mutations.ts'

let installation: TestInstallation
let owner: GraphqlClient
let stranger: GraphqlClient
const ended = new Map<GraphqlClient, string>()
const tests = new Map<GraphqlClient, string>()
const drills = new Map<GraphqlClient, string>()
const own = { ended, tests, drills }
/** Ids of the owner's, by type. */
let ids: Record<string, string>

beforeAll(async () => {
  installation = await startTestInstallation({ over: { drillEvaluator: createScriptedScorer() } })
  owner = await signUpClient(installation.url)
  stranger = await signUpClient(installation.url)
  const sessionId = await startedSessionId(owner)
  await mutate(owner, 'appendSegments', {
    input: { sessionId, segments: [segmentInput('a', { text: 'A secret of mine' })] },
  })
  for (const client of [owner, stranger]) ended.set(client, await endedSessionId(client))
  const recordingId = await uploadedRecordingId(owner, sessionId)
  await mutate(owner, 'completeRecording', { recordingId })
  // What is looked at below stands still then.
  await settled(owner, recordingId)
  const { viewer, session } = await owner.ask(
    `query ($id: ID!) { viewer { id } session(id: $id) { transcript { id } recording { id } events { edges { node { id } } } } }`,
    { id: sessionId },
  )
  for (const client of [owner, stranger]) {
    const activity = { speakingTest: { level: 'B1' } }
    const test = await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })
    tests.set(client, test.session.id)
  }
  const testId = tests.get(owner) ?? ''
  const { session: test } = await owner.ask(
    `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id } } } }`,
    { id: testId },
  )
  const asked = await mutate(owner, 'exportData', { requestId: randomUUID(), sessionId })
  await exported(owner, asked.export.id)
  const deleted = await mutate(owner, 'deleteSession', { sessionId: await startedSessionId(owner) })
  const [evaluation] = await lookUp(installation, storedEvaluation, [bareId(sessionId)])
  const offered = await storePack(installation)
  for (const client of [owner, stranger]) drills.set(client, await startedDrillId(client, offered.questions[0]))
  const answered = await answeredDrillId(owner, offered.questions[0], 'A secret of mine')
  const { evaluation: score } = await settledDrill(owner, answered)
  const draft = await storePack(installation, { status: 'DRAFT', version: '9.0.0', uploadedBy: bareId(viewer.id) })
  ids = {
    Drill: drills.get(owner) ?? '',
    DrillEvaluation: score.id,
    ContentPack: `ContentPack_${draft.packId}`,
    Question: draft.questions[0],
    SpeakingTest: testId,
    TestTask: test.tasks[0].id,
    SpeakingEvaluation: `SpeakingEvaluation_${evaluation.id}`,
    Conversation: sessionId,
    Transcript: session.transcript.id,
    Recording: session.recording.id,
    SessionEvent: session.events.edges[0].node.id,
    Viewer: viewer.id,
    // The owner is the first account, and so an administrator; the stranger is none.
    User: `User_${bareId(viewer.id)}`,
    DataExport: asked.export.id,
    DeletionReceipt: deleted.receipt.id,
    AccessToken: (await createProgram(owner)).tokenId,
  }
})
afterAll(() => installation.close())

const storedEvaluation = `insert into evaluations (id, session_id, user_id, scorer, input_key, level_range, metrics, result, processing_ms, created_at)
  select gen_random_uuid(), id, user_id, 'local/1', repeat('a', 64), '{}', '{"measures":[]}', '{}', 1, now() from sessions where id = $1 returning id`

describe.each(Object.entries(idPlaces))('%s', (_place, { type, ask }) => {
  it("does not tell another account's apart from none at all, and changes nothing", async () => {
    const before = await everything()
    const [ofAnother, ofNobody] = [
      await ask(stranger, ids[type] ?? '', own),
      await ask(stranger, idOfNothing(ids[type] ?? ''), own),
    ]
    expect(comparable(ofAnother, ids[type] ?? '')).toEqual(comparable(ofNobody, ''))
    expect(JSON.stringify(ofAnother)).not.toContain('A secret of mine')
    expect(await everything()).toEqual(before)
  })

  it('answers whoever is not signed in the same for both', async () => {
    const visitor = new GraphqlClient(installation.url)
    const [ofAnother, ofNobody] = [
      await ask(visitor, ids[type] ?? '', own),
      await ask(visitor, idOfNothing(ids[type] ?? ''), own),
    ]
    expect(comparable(ofAnother, '')).toEqual(comparable(ofNobody, ''))
  })
})

const nodeTypes = printedSchema
  .getImplementations(printedSchema.getTypeMap()['Node'] as never)
  .objects.map((type) => type.name)

describe.each(nodeTypes.filter((type) => type !== 'Topic'))('Query.node of a %s', (type) => {
  const document = `query ($id: ID!) { node(id: $id) { __typename id } }`

  it('is there for its owner, and not told apart from none at all by anyone else', async () => {
    const id = ids[type] ?? 'no case for this type'
    expect((await owner.ask(document, { id })).node).toEqual({ __typename: type, id })
    for (const client of [stranger, new GraphqlClient(installation.url)]) {
      const [ofAnother, ofNobody] = [
        await client.send(document, { id }),
        await client.send(document, { id: idOfNothing(id) }),
      ]
      expect(comparable(ofAnother, '')).toEqual(comparable(ofNobody, ''))
      expect([ofAnother.data, ofAnother.errors]).toEqual([{ node: null }, undefined])
    }
  })
})

it.each([
  '',
  'nonsense',
  '1',
  `Unknown_${randomUUID()}`,
  `Preferences_${randomUUID()}`,
  `Session_${randomUUID()}`,
  `Query_${randomUUID()}`,
  'Conversation_',
  `Conversation_${'0'.repeat(36)}`,
  `Conversation_${randomUUID().toUpperCase()}`,
  Buffer.from(`Conversation:${randomUUID()}`).toString('base64'),
])('the id %j names nothing, whatever it is asked for', async (id) => {
  const { data, errors } = await owner.send(`query ($id: ID!) { node(id: $id) { id } session(id: $id) { id } }`, { id })
  expect([data, errors]).toEqual([{ node: null, session: null }, undefined])
  for (const place of Object.keys(idPlaces).filter((name) => name.startsWith('Mutation'))) {
    const answer = (await idPlaces[place]?.ask(owner, id, own)) as {
      data: Record<string, { __typename: string }>
      errors: unknown
    }
    expect([Object.values(answer.data ?? {})[0]?.__typename, answer.errors]).toEqual(['NotFoundFault', undefined])
  }
})

it('a type name does not open what has another type', async () => {
  const id = `Recording_${ids['Conversation']?.split('_')[1]}`
  expect(
    (await owner.ask(`query ($id: ID!) { session(id: $id) { id } node(id: $id) { id } }`, { id })) as unknown,
  ).toEqual({ session: null, node: null })
})

it('every place for an id in the printed schema has a case', () => {
  expect(listIdPlaces().sort()).toEqual([...Object.keys(idPlaces), ...Object.keys(publicPlaces)].sort())
})

/** The answer without what differs between any two requests. */
function comparable(answer: unknown, id: string): string {
  const { headers: _headers, ...rest } = answer as { headers?: Headers }
  const text = JSON.stringify(rest)
  if (id !== '') expect(text).not.toContain(id)
  return text
}

/** All that is stored of sessions, to see that nothing changed. */
async function everything(): Promise<unknown> {
  const tables = [
    'drill_responses',
    'sessions',
    'transcripts',
    'segments',
    'recordings',
    'client_secrets',
    'session_events',
    'users',
    'password_resets',
    'account_events',
    'content_packs',
    'content_pack_events',
    'access_tokens',
    'deletions',
    'publications',
    'data_exports',
  ]
  return Promise.all(tables.map((table) => lookUp(installation, `select * from ${table} order by 1, 2, 3`)))
}
