/** What the realtime code needs of the server. `web/graphql/session-api.ts` is the one that speaks GraphQL; tests have their own. */
import type { SegmentInput } from '../../server/domain/transcript.ts'

export interface ClientSecret {
  callNumber: number
  value: string
  callUrl: string
}

export interface StartedSession {
  sessionId: string
  title: string
  clientSecret: ClientSecret | null
}

/** Whether the partner offers replies that it understands, or only asks and listens. */
export type TalkStyle = 'GUIDED' | 'FREE'

export interface PresignInput {
  sessionId: string
  part: number
  mimeType: string
  sizeBytes: number
  durationSeconds: number
  sha256: string
  startMs: number
  /** Of a speaking test. */
  taskId?: string
}

export interface PresignedUpload {
  recordingId: string
  uploadUrl: string
  headers: { name: string; value: string }[]
}

/** Each call throws an `ApiFault` for what the server refuses and for a network that does not answer. */
export interface SessionApi {
  startConversation(input: { requestId: string; topicId: string; talk: TalkStyle }): Promise<StartedSession>
  mintClientSecret(sessionId: string): Promise<ClientSecret>
  /** Seconds that are left to talk. */
  keepAlive(sessionId: string): Promise<number>
  appendSegments(sessionId: string, segments: readonly SegmentInput[]): Promise<void>
  endSession(sessionId: string, reason: 'COMPLETED' | 'FAILED', pendingSegments: number): Promise<void>
  presignRecording(input: PresignInput): Promise<PresignedUpload>
  completeRecording(recordingId: string): Promise<void>
}

/** A refusal or a failure of one call, with what to tell the learner. */
export class ApiFault extends Error {
  readonly code: string
  readonly isRetryable: boolean
  readonly retryAfterMs: number

  constructor(code: string, message: string, options: { isRetryable?: boolean; retryAfterMs?: number } = {}) {
    super(message)
    this.name = 'ApiFault'
    this.code = code
    this.isRetryable = options.isRetryable ?? false
    this.retryAfterMs = options.retryAfterMs ?? 0
  }
}
