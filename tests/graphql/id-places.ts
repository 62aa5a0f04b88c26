/** Every place of the API where an id can be given, and what is asked there. */
import { randomUUID } from 'node:crypto'
import { type GraphqlClient, segmentInput } from '../support/graphql-client.ts'
import { announce } from './a-session.ts'
import { toDocument } from './mutations.ts'

export interface IdPlace {
  type: string
  ask: (client: GraphqlClient, id: string, own: OwnSessions) => Promise<unknown>
}

/** Of each one who asks: an ended session, a speaking test and a drill. */
export interface OwnSessions {
  ended: ReadonlyMap<GraphqlClient, string>
  tests: ReadonlyMap<GraphqlClient, string>
  drills: ReadonlyMap<GraphqlClient, string>
}

/** By the place of the id among the arguments: which type it names, and what is asked with it. */
export const idPlaces: Record<string, IdPlace> = {
  'Query.session(id)': {
    type: 'Conversation',
    ask: (client, id) => client.send(`query ($id: ID!) { session(id: $id) { id title } }`, { id }),
  },
  'Viewer.history(filter.questionId)': {
    type: 'Question',
    ask: (client, id) => {
      const query = `query ($id: ID!) { viewer { history(filter: { questionId: $id }) { totalCount edges { node { id } } } } }`
      return client.send(query, { id })
    },
  },
  'Subscription.sessionUpdated(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => firstOf(client, `subscription ($id: ID!) { sessionUpdated(sessionId: $id) { id title } }`, id),
  },
  'Subscription.transcriptSegments(sessionId)': {
    type: 'Conversation',
    ask: (client, id) =>
      firstOf(
        client,
        `subscription ($id: ID!) { transcriptSegments(sessionId: $id) { revision segments { text } } }`,
        id,
      ),
  },
  'Mutation.revokeAccessToken(id)': {
    type: 'AccessToken',
    ask: (client, id) => send(client, 'revokeAccessToken', { id }),
  },
  'Mutation.publishSession(input.sessionId)': {
    type: 'Conversation',
    ask: (client, id) =>
      send(client, 'publishSession', { input: { sessionId: id, includeAudio: false, confirm: 'publish transcript' } }),
  },
  'Mutation.unpublishSession(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'unpublishSession', { sessionId: id }),
  },
  'Mutation.exportData(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'exportData', { requestId: randomUUID(), sessionId: id }),
  },
  'Mutation.deleteSession(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'deleteSession', { sessionId: id }),
  },
  'Mutation.activateContentPack(id)': {
    type: 'ContentPack',
    ask: (client, id) => send(client, 'activateContentPack', { id }),
  },
  'Mutation.archiveContentPack(id)': {
    type: 'ContentPack',
    ask: (client, id) => send(client, 'archiveContentPack', { id }),
  },
  'Mutation.startSession(input.activity.drill.questionId)': {
    type: 'Question',
    ask: (client, id) => {
      const input = { requestId: randomUUID(), activity: { drill: { questionId: id } } }
      return send(client, 'startSession', { input })
    },
  },
  'Mutation.submitDrillResponse(input.sessionId)': {
    type: 'Drill',
    ask: (client, id) =>
      send(client, 'submitDrillResponse', { input: { sessionId: id, response: { text: 'I said this.' } } }),
  },
  'Mutation.submitDrillResponse(input.response.recordingId)': {
    type: 'Recording',
    ask: (client, id, { drills }) => {
      const sessionId = drills.get(client) ?? `Drill_${randomUUID()}`
      return send(client, 'submitDrillResponse', { input: { sessionId, response: { recordingId: id } } })
    },
  },
  'Mutation.mintClientSecret(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'mintClientSecret', { sessionId: id }),
  },
  'Mutation.keepAlive(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'keepAlive', { sessionId: id }),
  },
  'Mutation.retryRecording(recordingId)': {
    type: 'Recording',
    ask: (client, id) => send(client, 'retryRecording', { recordingId: id }),
  },
  'Mutation.completeRecording(recordingId)': {
    type: 'Recording',
    ask: (client, id) => send(client, 'completeRecording', { recordingId: id }),
  },
  'Mutation.endSession(input.sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'endSession', { input: { sessionId: id } }),
  },
  'Mutation.appendSegments(input.sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'appendSegments', { input: { sessionId: id, segments: [segmentInput('b')] } }),
  },
  'Mutation.presignRecording(input.sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'presignRecording', { input: announce(id, 'audio', { part: 2 }) }),
  },
  'Mutation.presignRecording(input.taskId)': {
    type: 'TestTask',
    ask: (client, id, { tests }) => {
      const sessionId = tests.get(client) ?? `SpeakingTest_${randomUUID()}`
      return send(client, 'presignRecording', { input: announce(sessionId, 'audio', { taskId: id }) })
    },
  },
  'Mutation.requestEvaluation(sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'requestEvaluation', { sessionId: id }),
  },
  'Mutation.provideLearnerText(input.sessionId)': {
    type: 'Conversation',
    ask: (client, id) => send(client, 'provideLearnerText', { input: { sessionId: id, text: 'I said this.' } }),
  },
  'Mutation.setEntitlement(userId)': {
    type: 'User',
    ask: (client, id) => send(client, 'setEntitlement', { userId: id, entitlement: 'PRO' }),
  },
  'Mutation.resetUserPassword(userId)': {
    type: 'User',
    ask: (client, id) => send(client, 'resetUserPassword', { userId: id }),
  },
  'Mutation.provideLearnerText(input.recordingId)': {
    type: 'Recording',
    ask: (client, id, { ended }) => {
      const sessionId = ended.get(client) ?? `Conversation_${randomUUID()}`
      return send(client, 'provideLearnerText', { input: { sessionId, recordingId: id, text: 'I said this.' } })
    },
  },
}

/** Ids that name nothing of anybody's. */
export const publicPlaces: Record<string, string> = {
  'Mutation.startSession(input.activity.conversation.topicId)': 'topics are for everyone',
  'Mutation.appendSegments(input.segments.itemId)': 'named by the voice service, within the session',
  'Mutation.appendSegments(input.segments.previousItemId)': 'named by the voice service, within the session',
  'Mutation.appendSegments(input.segments.taskId)': 'refused: conversations have no tasks',
  'Query.node(id)': 'below, for every type',
}

function send(client: GraphqlClient, mutation: string, variables: Record<string, unknown>): Promise<unknown> {
  return client.send(toDocument(mutation), variables)
}

async function firstOf(client: GraphqlClient, query: string, id: string): Promise<unknown> {
  const socket = client.openSocket()
  try {
    const first = await socket.iterate({ query, variables: { id } }).next()
    return { result: first.value ?? 'completed without an event' }
  } catch (errors) {
    return { errors }
  } finally {
    await socket.dispose()
  }
}
