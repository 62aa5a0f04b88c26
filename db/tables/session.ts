import type { JSONColumnType } from 'kysely'
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type {
  ClientSecretId,
  ContentPackId,
  EvaluationId,
  EventId,
  QuestionId,
  RecordingId,
  SessionId,
  TestSetId,
  TopicId,
  UserId,
} from '../../server/domain/ids.ts'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import type { EndReason, SessionMode, SessionStatus } from '../../server/domain/session-state.ts'
import type { TalkStyle } from '../../server/domain/talk-style.ts'

/** Why a session, or its evaluation, FAILED: a code for programs, a sentence for people. */
export interface SessionFailure {
  code: string
  message: string
  retryable: boolean
  /** RFC 3339. */
  at: string
}

export interface SessionsTable {
  id: SessionId
  user_id: UserId
  /** The client's own id of the request that started it, which makes the start safe to repeat. */
  request_id: string
  request_input: JSONColumnType<Record<string, unknown>>
  mode: SessionMode
  status: SessionStatus
  /** Of a conversation. */
  topic_id: TopicId | null
  /** Of a speaking test. */
  test_set_id: TestSetId | null
  /** Of a drill, with the pack that holds it. */
  question_id: QuestionId | null
  content_pack_id: ContentPackId | null
  title: string
  /** Null for a drill. */
  level: CefrLevel | null
  talk: TalkStyle
  cap_seconds: number
  started_at: Date
  last_seen_at: Date
  ended_at: Date | null
  duration_seconds: number | null
  end_reason: EndReason | null
  failure: JSONColumnType<SessionFailure> | null
  evaluation_status: EvaluationStatus
  evaluation_failure: JSONColumnType<SessionFailure> | null
  /** The newest completed one. */
  evaluation_id: EvaluationId | null
  /** Rises by one whenever a judgement is asked for, by whomever. */
  evaluation_round: number
  /** Judgements that the learner asked for. */
  evaluation_requests: number
  call_count: number
  segment_count: number
  /** The primary recording, once verified. */
  recording_id: RecordingId | null
  /** Rises by one with each change of status, privacy or recording. */
  change_number: number
  updated_at: Date
}

export interface ClientSecretsTable {
  id: ClientSecretId
  session_id: SessionId
  user_id: UserId
  call_number: number
  /** SHA-256 of the value, which itself is never stored. */
  value_hash: string
  expires_at: Date
  used_at: Date | null
  provider_call_id: string | null
  hung_up_at: Date | null
  followed_until: Date | null
  created_at: Date
}

export interface SessionEventsTable {
  id: EventId
  session_id: SessionId
  user_id: UserId
  type: string
  detail: JSONColumnType<Record<string, unknown>> | null
  at: Date
}
