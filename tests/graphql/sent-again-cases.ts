/** Every mutation that is sent again after a broken line: what it is about, and what the second answer may add. */
import { randomUUID } from 'node:crypto'
import { startedDrillId } from '../drills/a-drill.ts'
import { type GraphqlClient, segmentInput } from '../support/graphql-client.ts'
import type { TestInstallation } from '../support/installation.ts'
import { storedRecordingId } from './a-recording.ts'
import {
  announce,
  bareId,
  endedSessionId,
  lookUp,
  sendOffer,
  startedSessionId,
  startInput,
  uploadedRecordingId,
} from './a-session.ts'
import { mutate } from './mutations.ts'

export interface Scene {
  installation: TestInstallation
  /** Of an account that has done nothing yet. */
  client: GraphqlClient
  /** Of the active pack. */
  questionId: string
}

export interface SentAgain {
  mutation: string
  about: string
  /** Gives the variables that are sent, and sent again. */
  arrange(scene: Scene): Promise<Record<string, unknown>>
  /** What of the answer is another one each time, by its path, and why. */
  fresh?: Record<string, string>
  /** What is stored once more, and why. */
  more?: { rows: Record<string, number>; because: string }
  /** The second answer is this fault, and why. */
  refused?: { fault: string; because: string }
}

const said = segmentInput('a', { speaker: 'LEARNER', text: 'I was born in Bern.', startMs: 0, endMs: 2_000 })
const audio = Buffer.from('some audio')
const perMoment = 'an address is signed for some minutes from now'
const once = 'what is queued is under way: the contract says so, and asking for another one later is meant'

const startCases: SentAgain[] = [
  {
    mutation: 'startSession',
    about: 'a conversation',
    arrange: async ({ client }) => ({ input: await startInput(client) }),
    fresh: { clientSecret: 'its value is in the first answer only' },
  },
  {
    mutation: 'startSession',
    about: 'a speaking test',
    arrange: async () => ({ input: { requestId: randomUUID(), activity: { speakingTest: { level: 'B1' } } } }),
  },
  {
    mutation: 'startSession',
    about: 'a drill',
    arrange: async ({ questionId }) => ({ input: { requestId: randomUUID(), activity: { drill: { questionId } } } }),
  },
]

const callCases: SentAgain[] = [
  {
    mutation: 'mintClientSecret',
    about: 'a conversation that is called',
    arrange: async (scene) => ({ sessionId: await calledSessionId(scene) }),
    fresh: {
      clientSecret: 'each is for another call, and its value is told once: whoever missed it needs another one',
    },
    more: { rows: { client_secrets: 1, 'session_events secret_minted': 1 }, because: 'each secret is on record' },
  },
  {
    mutation: 'keepAlive',
    about: 'a conversation',
    arrange: async ({ client }) => ({ sessionId: await startedSessionId(client) }),
    fresh: { remainingSeconds: 'time goes by' },
  },
]

const transcriptCases: SentAgain[] = [
  {
    mutation: 'appendSegments',
    about: 'a conversation that runs',
    arrange: async ({ client }) => ({
      input: { sessionId: await startedSessionId(client), segments: [said, segmentInput('b', { final: false })] },
    }),
  },
  {
    mutation: 'appendSegments',
    about: 'the last words of one that has ended',
    async arrange({ client }) {
      const sessionId = await startedSessionId(client)
      await mutate(client, 'endSession', { input: { sessionId, pendingSegments: 1 } })
      return { input: { sessionId, segments: [said] } }
    },
  },
  {
    mutation: 'provideLearnerText',
    about: 'a conversation without a recording',
    arrange: async ({ client }) => ({
      input: { sessionId: await endedSessionId(client), text: 'I was born in Bern.' },
    }),
  },
  {
    mutation: 'provideLearnerText',
    about: 'an answer of a speaking test',
    async arrange({ client }) {
      const { sessionId, taskId } = await startedTask(client)
      const recordingId = await storedRecordingId(client, sessionId, audio, { taskId })
      await mutate(client, 'endSession', { input: { sessionId } })
      return { input: { sessionId, recordingId, text: 'I was born in Bern.' } }
    },
  },
]

const endCases: SentAgain[] = [
  {
    mutation: 'endSession',
    about: 'a conversation that is called, with words on their way',
    arrange: async (scene) => ({ input: { sessionId: await calledSessionId(scene, said), pendingSegments: 2 } }),
  },
  {
    mutation: 'endSession',
    about: 'a speaking test with an answer',
    async arrange({ client }) {
      const { sessionId, taskId } = await startedTask(client)
      await storedRecordingId(client, sessionId, audio, { taskId })
      return { input: { sessionId } }
    },
  },
  {
    mutation: 'endSession',
    about: 'a drill without an answer',
    arrange: async ({ client, questionId }) => ({ input: { sessionId: await startedDrillId(client, questionId) } }),
  },
]

const recordingCases: SentAgain[] = [
  {
    mutation: 'presignRecording',
    about: 'a conversation',
    arrange: async ({ client }) => ({ input: announce(await startedSessionId(client), audio) }),
    fresh: { uploadUrl: perMoment, expiresAt: perMoment },
  },
  {
    mutation: 'presignRecording',
    about: 'a task of a speaking test',
    async arrange({ client }) {
      const { sessionId, taskId } = await startedTask(client)
      return { input: announce(sessionId, audio, { taskId }) }
    },
    fresh: { uploadUrl: perMoment, expiresAt: perMoment },
  },
  {
    mutation: 'completeRecording',
    about: 'a conversation',
    arrange: async ({ client }) => ({ recordingId: await uploadedRecordingId(client, await startedSessionId(client)) }),
    fresh: { 'recording.url': perMoment },
  },
  {
    mutation: 'completeRecording',
    about: 'a task of a speaking test',
    async arrange({ client }) {
      const { sessionId, taskId } = await startedTask(client)
      return { recordingId: await uploadedRecordingId(client, sessionId, 'some audio', { taskId }) }
    },
    fresh: { 'recording.url': perMoment },
  },
  {
    mutation: 'retryRecording',
    about: 'a recording that could not be measured',
    async arrange({ installation, client }) {
      const recordingId = await storedRecordingId(client, await startedSessionId(client), audio)
      await lookUp(
        installation,
        `update recordings set quality = 'MISSING', measure_failure =
          '{"code":"MEASURING_FAILED","message":"It failed.","retryable":true,"at":"2026-11-20T10:00:00Z"}' where id = $1`,
        [bareId(recordingId)],
      )
      return { recordingId }
    },
    refused: { fault: 'ConflictFault', because: once },
  },
]

const feedbackCases: SentAgain[] = [
  {
    mutation: 'requestEvaluation',
    about: 'a conversation without feedback',
    arrange: async ({ client }) => ({ sessionId: await endedSessionId(client) }),
    refused: { fault: 'ConflictFault', because: once },
  },
  {
    mutation: 'submitDrillResponse',
    about: 'a typed answer',
    arrange: async ({ client, questionId }) => ({
      input: { sessionId: await startedDrillId(client, questionId), response: { text: 'I like the work.' } },
    }),
  },
  {
    mutation: 'submitDrillResponse',
    about: 'a recorded answer',
    async arrange({ client, questionId }) {
      const sessionId = await startedDrillId(client, questionId)
      return { input: { sessionId, response: { recordingId: await storedRecordingId(client, sessionId, audio) } } }
    },
  },
]

const privacyCases: SentAgain[] = [
  {
    mutation: 'publishSession',
    about: 'a conversation',
    arrange: async ({ client }) => ({ input: await publishInput(client) }),
  },
  {
    mutation: 'unpublishSession',
    about: 'a conversation that is published',
    async arrange({ client }) {
      const input = await publishInput(client)
      await mutate(client, 'publishSession', { input })
      return { sessionId: input.sessionId }
    },
  },
  {
    mutation: 'exportData',
    about: 'one session',
    arrange: async ({ client }) => ({ requestId: randomUUID(), sessionId: await endedSessionId(client, said) }),
  },
  {
    mutation: 'exportData',
    about: 'everything',
    arrange: async () => ({ requestId: randomUUID() }),
  },
  {
    mutation: 'deleteSession',
    about: 'a conversation that is called',
    arrange: async (scene) => ({ sessionId: await calledSessionId(scene, said) }),
  },
]

export const sentAgain = [
  ...startCases,
  ...callCases,
  ...transcriptCases,
  ...endCases,
  ...recordingCases,
  ...feedbackCases,
  ...privacyCases,
]

/** Those that are about no session, and why each is safe or need not be. */
export const aboutNoSession: Record<string, string> = {
  signUp: 'an account: the address is taken by then, and signing in goes on from there',
  signIn: 'an account: each is a sign-in of its own',
  signOut: 'an account: true whether or not there was a sign-in',
  updateViewer: 'an account: sets what it sets',
  changePassword: 'an account: the former password is no proof any more',
  deleteAccount: 'an account: nobody is signed in any more to send it again',
  setEntitlement: 'an account: sets what it sets, and notes who did each time',
  resetUserPassword: 'an account: a new link, the earlier one is void',
  redeemPasswordReset: 'an account: a link is for once',
  createAccessToken: 'a token: has a requestId, and its value is told once',
  revokeAccessToken: 'a token: has ended by then',
  uploadContentPack: 'a pack of content: the same bytes give the same pack',
  activateContentPack: 'a pack of content: the active one stays as it is',
  archiveContentPack: 'a pack of content: one that is archived stays as it is',
  createCheckout: 'payments: opens a page of the payment service, where nothing is paid yet',
  createPortal: 'payments: opens a page of the payment service',
}

/** A conversation with an open call. */
async function calledSessionId(
  { client, installation }: Scene,
  ...segments: Record<string, unknown>[]
): Promise<string> {
  const { session, clientSecret } = await mutate(client, 'startSession', { input: await startInput(client) })
  const answer = await sendOffer(installation.url, clientSecret)
  if (!answer.ok) throw new Error(`the call was refused: ${answer.status}`)
  if (segments.length > 0) await mutate(client, 'appendSegments', { input: { sessionId: session.id, segments } })
  return session.id
}

/** A speaking test and the first of its tasks. */
async function startedTask(client: GraphqlClient): Promise<{ sessionId: string; taskId: string }> {
  const activity = { speakingTest: { level: 'B1' } }
  const started = await mutate(client, 'startSession', { input: { requestId: randomUUID(), activity } })
  const sessionId: string = started.session.id
  const { session } = await client.ask(
    `query ($id: ID!) { session(id: $id) { ... on SpeakingTest { tasks { id } } } }`,
    { id: sessionId },
  )
  return { sessionId, taskId: session.tasks[0].id }
}

async function publishInput(client: GraphqlClient): Promise<Record<string, unknown>> {
  return { sessionId: await endedSessionId(client, said), includeAudio: false, confirm: 'publish transcript' }
}
