/** An owner who has one of everything, and others who want to see it. */
import { randomUUID } from 'node:crypto'
import type { SpeakingResult } from '../../server/domain/speaking-result.ts'
import type { SpeechMetrics } from '../../server/domain/speech-metrics/speech-metrics.ts'
import { GraphqlClient, segmentInput, signUpClient } from '../support/graphql-client.ts'
import { startTestInstallation, type TestInstallation } from '../support/installation.ts'
import { answeredDrillId, createScriptedScorer, settledDrill, startedDrillId, storePack } from '../drills/a-drill.ts'
import { bareId, endedSessionId, lookUp, startedSessionId, uploadedRecordingId } from './a-session.ts'
import { createProgram, programWith } from './an-access-token.ts'
import { settled } from './a-recording.ts'
import { exported } from './an-export.ts'
import type { OwnSessions } from './id-places.ts'
import { mutate } from './mutations.ts'

/** What the owner said, typed and answered. */
export const secretWords = 'A secret of mine'

export interface OwnersWorld {
  installation: TestInstallation
  owner: GraphqlClient
  /** Another account, which has sessions of its own. */
  stranger: GraphqlClient
  /** Whoever is not the owner, by what they come with. */
  others: Record<string, GraphqlClient>
  own: OwnSessions
  /** Ids of the owner's, by type. */
  ids: Record<string, string>
}

const metrics: SpeechMetrics = { measures: [], pauseSource: 'SEGMENTS', pauses: [], pauseThresholdMs: 250, version: 1 }
const noScores = { fluency: null, accuracy: null, grammar: null, vocabulary: null, coherence: null }
const result: SpeakingResult = {
  scorer: 'local/1',
  overallLevel: null,
  levelRange: [],
  confidence: null,
  withheld: [{ measure: 'level', reason: 'Too little was said.' }],
  scores: noScores,
  scoreBasis: { fluency: [], accuracy: [], grammar: [], vocabulary: [], coherence: [] },
  strengths: [],
  rationale: secretWords,
  tips: [{ text: 'Say more.', quote: secretWords, segmentItemId: 'a' }],
}

const storedEvaluation = `insert into evaluations (id, session_id, user_id, scorer, input_key, level_range, metrics, result, processing_ms, created_at)
  select gen_random_uuid(), id, user_id, 'local/1', repeat('a', 64), '{}', $2, $3, 1, now() from sessions where id = $1 returning id`

export async function openOwnersWorld(env: Record<string, string> = {}): Promise<OwnersWorld> {
  const installation = await startTestInstallation({ env, over: { drillEvaluator: createScriptedScorer() } })
  const [owner, stranger] = [await signUpClient(installation.url), await signUpClient(installation.url)]
  const sessionId = await startedSessionId(owner)
  await mutate(owner, 'appendSegments', {
    input: { sessionId, segments: [segmentInput('a', { text: secretWords })] },
  })
  const { program } = await createProgram(stranger)
  const of = (strangers: string, owners: string) =>
    new Map([
      [owner, owners],
      [stranger, strangers],
      [program, strangers],
    ])
  const ended = of(await endedSessionId(stranger), await endedSessionId(owner))
  const recordingId = await uploadedRecordingId(owner, sessionId)
  await mutate(owner, 'completeRecording', { recordingId })
  // What is looked at below stands still then.
  await settled(owner, recordingId)
  const { viewer, session } = await owner.ask(
    `query ($id: ID!) { viewer { id } session(id: $id) { transcript { id } recording { id } events { edges { node { id } } } } }`,
    { id: sessionId },
  )
  const testId = await startedTestId(owner)
  const tests = of(await startedTestId(stranger), testId)
  const { session: test } = await owner.ask(
    `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id } } } }`,
    { id: testId },
  )
  const asked = await mutate(owner, 'exportData', { requestId: randomUUID(), sessionId })
  await exported(owner, asked.export.id)
  const deleted = await mutate(owner, 'deleteSession', { sessionId: await startedSessionId(owner) })
  const [evaluation] = await lookUp(installation, storedEvaluation, [
    bareId(sessionId),
    JSON.stringify(metrics),
    JSON.stringify(result),
  ])
  const offered = await storePack(installation)
  const drillId = await startedDrillId(owner, offered.questions[0])
  const drills = of(await startedDrillId(stranger, offered.questions[0]), drillId)
  const answered = await answeredDrillId(owner, offered.questions[0], secretWords)
  const { evaluation: score } = await settledDrill(owner, answered)
  const draft = await storePack(installation, { status: 'DRAFT', version: '9.0.0', uploadedBy: bareId(viewer.id) })
  const ids = {
    Drill: drillId,
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
  const others = {
    'another account': stranger,
    'a program of another account': program,
    nobody: new GraphqlClient(installation.url),
    'a program with a made-up token': programWith(installation.url, `parley_${'A'.repeat(43)}`),
  }
  return { installation, owner, stranger, others, own: { ended, tests, drills }, ids }
}

async function startedTestId(client: GraphqlClient): Promise<string> {
  const activity = { speakingTest: { level: 'B1' } }
  return (await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })).session.id
}
