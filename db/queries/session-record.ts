/** A session with all that a list or a page shows of it, read in one join. */
import type { CefrLevel } from '../../server/domain/cefr-level.ts'
import type { EvaluationStatus } from '../../server/domain/evaluation-status.ts'
import type { ContentPackId, EvaluationId, QuestionId, SessionId, UserId } from '../../server/domain/ids.ts'
import type { EndReason, SessionMode, SessionStatus } from '../../server/domain/session-state.ts'
import type { TalkStyle } from '../../server/domain/talk-style.ts'
import type { SessionFailure } from '../tables/session.ts'
import type { PublicationRecord } from './publication.ts'
import { recordingColumns, type RecordingRecord } from './recording.ts'
import type { TopicRecord } from './topic.ts'
import type { TranscriptRecord } from './transcript.ts'

export interface SessionRecord {
  id: SessionId
  userId: UserId
  mode: SessionMode
  status: SessionStatus
  privacy: 'PRIVATE' | 'PUBLISHED'
  title: string
  /** Null for a drill. */
  level: CefrLevel | null
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
  /** Of a drill, with the pack that holds it. */
  questionId: QuestionId | null
  contentPackId: ContentPackId | null
  transcript: TranscriptRecord
  /** The primary one, once verified. */
  recording: RecordingRecord | null
  /** Null while it is private. */
  publication: PublicationRecord | null
}

/** A row of `selectSession`: columns of the session itself, and those of its parts by the part's name: `topic.title`. */
export type SessionRow = Record<string, unknown>

const own = `s.id, s.user_id as "userId", s.mode, s.status, s.title, s.level, s.talk, s.cap_seconds as "capSeconds",
  s.started_at as "startedAt", s.last_seen_at as "lastSeenAt", s.ended_at as "endedAt", s.duration_seconds as "durationSeconds",
  s.end_reason as "endReason", s.failure, s.evaluation_status as "evaluationStatus", s.evaluation_failure as "evaluationFailure",
  s.evaluation_id as "evaluationId", s.evaluation_round as "evaluationRound", s.evaluation_requests as "evaluationRequests",
  s.call_count as "callCount", s.segment_count as "segmentCount", s.change_number as "changeNumber", s.updated_at as "updatedAt",
  s.question_id as "questionId", s.content_pack_id as "contentPackId"`

const ofTopic = `t.id as "topic.id", t.key as "topic.key", t.title as "topic.title", t.difficulty as "topic.difficulty",
  t.prompt_hint as "topic.promptHint", t.created_at as "topic.createdAt", t.updated_at as "topic.updatedAt"`

const ofTranscript = `x.session_id as "transcript.sessionId", x.revision as "transcript.revision", x.finalized_at as "transcript.finalizedAt",
  x.pending_segments as "transcript.pendingSegments", x.language as "transcript.language", x.provider as "transcript.provider",
  x.model as "transcript.model"`

const ofPublication = `p.slug as "publication.slug", p.include_audio as "publication.includeAudio", p.published_at as "publication.publishedAt"`

const ofRecording = recordingColumns
  .map((column) => {
    const [name = column, key = column] = column.split(' as ')
    return `r.${name} as "recording.${key}"`
  })
  .join(', ')

/** The one join behind SessionRecord, without a condition. Gives SessionRows. */
export const selectSession = `select ${own}, ${ofTopic}, ${ofTranscript}, ${ofRecording}, ${ofPublication}
  from sessions s left join topics t on t.id = s.topic_id join transcripts x on x.session_id = s.id
  left join recordings r on r.id = s.recording_id left join publications p on p.session_id = s.id`

/** Folds a flat row into the record with its topic, transcript, primary recording and publication. */
export function toSessionRecord(row: SessionRow): SessionRecord {
  const session: Record<string, unknown> = {}
  const parts: Record<string, Record<string, unknown>> = { topic: {}, transcript: {}, recording: {}, publication: {} }
  for (const [name, value] of Object.entries(row)) {
    const [part = name, key] = name.split('.')
    Object.assign(key === undefined ? session : (parts[part] ?? {}), { [key ?? name]: value })
  }
  const { topic, transcript, recording, publication } = parts
  return {
    ...session,
    topic: topic?.['id'] ? topic : null,
    transcript,
    recording: recording?.['id'] ? recording : null,
    privacy: publication?.['slug'] ? 'PUBLISHED' : 'PRIVATE',
    publication: publication?.['slug'] ? publication : null,
  } as unknown as SessionRecord
}
