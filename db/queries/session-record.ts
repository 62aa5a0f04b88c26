/** A session with all that a list or a page shows of it, read in one join. */
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import type { EvaluationId, RecordingId, SessionId, TopicId, UserId } from '../../server/domain/ids.ts'
import type { EndReason, SessionMode, SessionStatus } from '../../server/domain/session-state.ts'
import type { TalkStyle } from '../../server/domain/talk-style.ts'
import type { SessionFailure } from '../tables/session.ts'
import type { RecordingRecord } from './recording.ts'
import type { TopicRecord } from './topic.ts'
import type { TranscriptRecord } from './transcript.ts'

export interface SessionRecord {
  id: SessionId
  userId: UserId
  mode: SessionMode
  status: SessionStatus
  privacy: 'PRIVATE'
  title: string
  level: CefrLevel
  talk: TalkStyle
  capSeconds: number
  startedAt: Date
  lastSeenAt: Date
  endedAt: Date | null
  durationSeconds: number | null
  endReason: EndReason | null
  failure: SessionFailure | null
  evaluationStatus: EvaluationStatus
  evaluationFailure: SessionFailure | null
  /** The newest completed one. */
  evaluationId: EvaluationId | null
  /** Rises whenever a judgement is asked for. */
  evaluationRound: number
  evaluationRequests: number
  callCount: number
  segmentCount: number
  changeNumber: number
  updatedAt: Date
  /** Of a conversation. */
  topic: TopicRecord | null
  transcript: TranscriptRecord
  /** The primary one, once verified. */
  recording: RecordingRecord | null
}

/** Those of the primary recording that keep their name; all null where there is none. */
type RecordingColumns = Omit<RecordingRecord, 'id' | 'sessionId' | 'durationSeconds' | 'isPrimary'>

/** A row of `selectSession`. */
export type SessionRow = Omit<SessionRecord, 'topic' | 'transcript' | 'recording'> &
  RecordingColumns & {
    topicId: TopicId | null
    topicKey: string
    topicTitle: string
    difficulty: CefrLevel
    promptHint: string | null
    topicCreatedAt: Date
    topicUpdatedAt: Date
    revision: number
    finalizedAt: Date | null
    pendingSegments: number
    language: string | null
    provider: string | null
    model: string | null
    recordingId: RecordingId | null
    recordingSeconds: number
  }

/** The one join behind SessionRecord, without a condition. Gives SessionRows. */
export const selectSession = `select s.id, s.user_id as "userId", s.mode, s.status, s.privacy, s.title, s.level, s.talk, s.cap_seconds as "capSeconds",
  s.started_at as "startedAt", s.last_seen_at as "lastSeenAt", s.ended_at as "endedAt", s.duration_seconds as "durationSeconds",
  s.end_reason as "endReason", s.failure, s.evaluation_status as "evaluationStatus", s.evaluation_failure as "evaluationFailure",
  s.evaluation_id as "evaluationId", s.evaluation_round as "evaluationRound", s.evaluation_requests as "evaluationRequests", s.call_count as "callCount", s.segment_count as "segmentCount",
  s.change_number as "changeNumber", s.updated_at as "updatedAt",
  t.id as "topicId", t.key as "topicKey", t.title as "topicTitle", t.difficulty, t.prompt_hint as "promptHint",
  t.created_at as "topicCreatedAt", t.updated_at as "topicUpdatedAt",
  x.revision, x.finalized_at as "finalizedAt", x.pending_segments as "pendingSegments", x.language, x.provider, x.model,
  r.id as "recordingId", r.task_id as "taskId", r.part, r.start_ms as "startMs", r.mime_type as "mimeType", r.size_bytes as "sizeBytes",
  r.duration_seconds as "recordingSeconds", r.sha256, r.incoming_key as "incomingKey", r.storage_key as "storageKey", r.uploaded_at as "uploadedAt",
  r.missing_at as "missingAt", r.quality, r.measured_at as "measuredAt", r.measured_seconds as "measuredSeconds", r.sample_rate as "sampleRate",
  r.channels, r.measurement_key as "measurementKey", r.measure_failure as "measureFailure", r.pruned_at as "prunedAt"
  from sessions s left join topics t on t.id = s.topic_id join transcripts x on x.session_id = s.id
  left join recordings r on r.id = s.recording_id`

/** Folds a flat row into the record with its topic, transcript and primary recording. */
export function toSessionRecord(row: SessionRow): SessionRecord {
  const { topicId, topicKey, topicTitle, difficulty, promptHint, topicCreatedAt, topicUpdatedAt, ...rest } = row
  const { revision, finalizedAt, pendingSegments, language, provider, model, ...withRecording } = rest
  const {
    recordingId,
    taskId,
    part,
    startMs,
    mimeType,
    sizeBytes,
    recordingSeconds,
    sha256,
    incomingKey,
    storageKey,
    uploadedAt,
    missingAt,
    quality,
    measuredAt,
    measuredSeconds,
    sampleRate,
    channels,
    measurementKey,
    measureFailure,
    prunedAt,
    ...session
  } = withRecording
  return {
    ...session,
    topic: topicId && {
      id: topicId,
      key: topicKey,
      title: topicTitle,
      difficulty,
      promptHint,
      createdAt: topicCreatedAt,
      updatedAt: topicUpdatedAt,
    },
    transcript: { sessionId: session.id, revision, finalizedAt, pendingSegments, language, provider, model },
    recording: recordingId && {
      id: recordingId,
      sessionId: session.id,
      taskId,
      part,
      startMs,
      mimeType,
      sizeBytes,
      durationSeconds: recordingSeconds,
      sha256,
      incomingKey,
      storageKey,
      isPrimary: true,
      uploadedAt,
      missingAt,
      quality,
      measuredAt,
      measuredSeconds,
      sampleRate,
      channels,
      measurementKey,
      measureFailure,
      prunedAt,
    },
  }
}
