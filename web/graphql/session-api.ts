/** The realtime code's port to the server, spoken in the generated documents. */
import type { ApolloClient } from '@apollo/client'
import type { TypedDocumentNode } from '@apollo/client'
import { adviseOn, type Done, type Fault } from '../../client/faults.ts'
import {
  AppendSegmentsDocument,
  CompleteRecordingDocument,
  EndSessionDocument,
  KeepAliveDocument,
  MintClientSecretDocument,
  PresignRecordingDocument,
  StartSessionDocument,
} from '../gql/documents.ts'
import { ApiFault, type SessionApi } from '../realtime/session-api.ts'
import { describeError, describeFault, isFault } from './faults.ts'

/** A network that swallows requests refuses none: so long, and the same request is sent again. Each is safe to send twice. */
const answerWithinMs = 20_000

export function createSessionApi(client: ApolloClient): SessionApi {
  return {
    async startConversation({ requestId, topicId, talk }) {
      const { startSession } = await mutate(client, StartSessionDocument, {
        input: { requestId, activity: { conversation: { topicId, talk } } },
      })
      // A session that failed answers the same for good: a new try is a new Start.
      if (startSession.__typename === 'ProviderFault')
        throw new ApiFault(startSession.code, describeFault(startSession).message)
      const { session, clientSecret } = orThrow(startSession)
      return { sessionId: session.id, title: session.title, clientSecret }
    },
    async mintClientSecret(sessionId) {
      const { mintClientSecret } = await mutate(client, MintClientSecretDocument, { sessionId })
      return orThrow(mintClientSecret).clientSecret
    },
    async keepAlive(sessionId) {
      const { keepAlive } = await mutate(client, KeepAliveDocument, { sessionId })
      return orThrow(keepAlive).remainingSeconds
    },
    async appendSegments(sessionId, segments) {
      const { appendSegments } = await mutate(client, AppendSegmentsDocument, {
        input: { sessionId, segments: [...segments] },
      })
      orThrow(appendSegments)
    },
    async endSession(sessionId, reason, pendingSegments) {
      const { endSession } = await mutate(client, EndSessionDocument, { input: { sessionId, reason, pendingSegments } })
      orThrow(endSession)
    },
    async presignRecording(input) {
      const { presignRecording } = await mutate(client, PresignRecordingDocument, { input })
      const { recording, uploadUrl, headers } = orThrow(presignRecording)
      return { recordingId: recording.id, uploadUrl, headers }
    },
    async completeRecording(recordingId) {
      const { completeRecording } = await mutate(client, CompleteRecordingDocument, { recordingId })
      orThrow(completeRecording)
    },
  }
}

async function mutate<D, V extends Record<string, unknown>>(
  client: ApolloClient,
  mutation: TypedDocumentNode<D, V>,
  variables: V,
): Promise<D> {
  let data: D | undefined
  try {
    // The cache learns of sessions by query and subscription; segments by the hundred would only fill it.
    const context = { fetchOptions: { signal: AbortSignal.timeout(answerWithinMs) } }
    data = (await client.mutate<D>({ mutation, variables, fetchPolicy: 'no-cache', context })).data
  } catch (error) {
    throw new ApiFault('NETWORK', describeError(error), { isRetryable: true })
  }
  if (!data) throw new ApiFault('NETWORK', describeError(null), { isRetryable: true })
  return data
}

function orThrow<R extends { __typename: string }>(result: R): Done<R> {
  if (isFault(result)) throw toApiFault(result)
  return result as Done<R>
}

function toApiFault(fault: Fault): ApiFault {
  const { message } = describeFault(fault)
  const advice = adviseOn(fault)
  if (advice.todo !== 'retry') return new ApiFault(fault.code, message)
  return new ApiFault(fault.code, message, {
    isRetryable: true,
    ...(advice.afterMs !== null && { retryAfterMs: advice.afterMs }),
  })
}
