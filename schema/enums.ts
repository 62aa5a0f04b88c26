/** Every enum of the schema, over the domain's own words. */
import type { AccountEventType } from '../db/tables/account.ts'
import type { ExportStatus } from '../db/tables/data-export.ts'
import type { cefrLevels } from '../server/domain/cefr-level.ts'
import type { entitlements } from '../server/domain/entitlement.ts'
import type { ContentPackStatus } from '../server/domain/content-pack-status.ts'
import type { DrillStatus } from '../server/domain/drill-status.ts'
import type { EvaluationStatus } from '../server/domain/evaluation-status.ts'
import type { PauseSource } from '../server/domain/speech-metrics/speech-metrics.ts'
import type { RecordingQuality } from '../server/domain/recording-quality.ts'
import type { TaskKind, TaskStatus } from '../server/domain/speaking-test/task-status.ts'
import type { talkStyles } from '../server/domain/talk-style.ts'
import type { TranscriptionStatus } from '../server/domain/transcription-status.ts'
import type { TokenScope } from '../server/domain/token-scope.ts'
import { builder } from './builder.ts'

/** Values with their descriptions, typed by their names. */
function enumOf<const Values extends Record<string, string>>(name: string, description: string, values: Values) {
  const described = Object.fromEntries(
    Object.entries(values).map(([value, text]) => [value, { value, description: text }]),
  )
  return builder.enumType(name, {
    description,
    values: described as { [Value in keyof Values & string]: { value: Value; description: string } },
  })
}

const levelDescriptions = {
  A1: 'Beginner.',
  A2: 'Elementary.',
  B1: 'Intermediate.',
  B2: 'Upper intermediate.',
  C1: 'Advanced.',
  C2: 'Proficient.',
} satisfies Record<(typeof cefrLevels)[number], string>
const entitlementDescriptions = {
  LOCKED: 'Nothing that costs.',
  BASIC: 'The plan that everyone needs.',
  PRO: 'Everything.',
} satisfies Record<(typeof entitlements)[number], string>

export const FaultCodeEnum = enumOf('FaultCode', 'Kinds of faults, for programs.', {
  UNAUTHENTICATED: 'Nobody is signed in.',
  FORBIDDEN: 'Not allowed.',
  NOT_FOUND: "Does not exist, or is not the viewer's.",
  INVALID_INPUT: 'The input cannot be accepted.',
  CONFLICT: 'Does not go together with what is there.',
  ENTITLEMENT_REQUIRED: 'The plan does not hold this.',
  LIMIT_EXCEEDED: 'A limit is reached.',
  RATE_LIMITED: 'Too many requests.',
  SESSION_NOT_ACTIVE: 'The session has ended.',
  PROVIDER_UNAVAILABLE: 'The voice service, or the payment service, failed.',
  UPLOAD_MISMATCH: 'The upload is not what was announced.',
  STORAGE_UNAVAILABLE: 'The store of recordings cannot be reached.',
  CONFIRMATION_REQUIRED: 'To be sent again with a confirmation.',
})
export const CefrLevelEnum = enumOf(
  'CefrLevel',
  'Levels of the Common European Framework of Reference for Languages.',
  levelDescriptions,
)
export const EntitlementEnum = enumOf('Entitlement', 'What an account may use.', entitlementDescriptions)
export const AccountEventTypeEnum = enumOf('AccountEventType', 'What can be done to an account.', {
  ENTITLEMENT_SET: 'An administrator set what it may use.',
  ENTITLEMENT_PAID: 'A payment, or the end of one, changed what it may use.',
  PASSWORD_RESET_ISSUED: 'An administrator made a link to a new password.',
  PASSWORD_RESET_USED: 'A new password was set by such a link.',
} satisfies Record<AccountEventType, string>)
export const RoleEnum = enumOf('Role', 'What an account is for.', {
  LEARNER: 'Practises.',
  ADMIN: 'Runs the installation.',
})
export const SessionModeEnum = enumOf('SessionMode', 'Kinds of sessions.', {
  CONVERSATION: 'Talk with the partner about a topic.',
  SPEAKING_TEST: 'A level test of several timed tasks.',
  DRILL: 'An answer to an interview question.',
})
export const SessionStatusEnum = enumOf('SessionStatus', 'Where a session stands.', {
  ACTIVE: 'It is running.',
  ENDED: 'It came to its end.',
  FAILED: 'It could not be held; `failure` says why.',
  ABANDONED: 'It was left, and closed by the server.',
})
export const EndReasonEnum = enumOf('EndReason', 'Why a session ended.', {
  COMPLETED: 'The learner ended it.',
  FAILED: 'Something failed.',
  ABANDONED: 'It was left.',
})
export const EvaluationStatusEnum = enumOf('EvaluationStatus', 'Where the judgement of a session stands.', {
  NONE: 'There is nothing to judge yet.',
  PENDING: 'It is queued.',
  PROCESSING: 'It is being made.',
  COMPLETED: 'It is there.',
  FAILED: 'It could not be made; `evaluationFailure` says why. What was captured is safe.',
} satisfies Record<EvaluationStatus, string>)
export const DrillStatusEnum = enumOf('DrillStatus', 'Where a drill stands.', {
  STARTED: 'It is to be answered.',
  SUBMITTED: 'It is answered; its judgement is queued.',
  PROCESSING: 'It is being judged.',
  COMPLETED: 'Its judgement is there.',
  FAILED: 'It was left without an answer, or could not be judged: `evaluationFailure` says why.',
} satisfies Record<DrillStatus, string>)
export const ContentPackStatusEnum = enumOf('ContentPackStatus', 'Where a content pack stands.', {
  DRAFT: 'It was uploaded, and has never been in use.',
  ACTIVE: 'Its questions are those that are drilled. There is one such pack at most.',
  ARCHIVED: 'It is no longer in use, or was put away before it was.',
} satisfies Record<ContentPackStatus, string>)
export const PassFlagEnum = enumOf('PassFlag', 'What an answer shows of a category.', {
  PASS: 'It shows it.',
  FLAG: 'It does not, or not enough.',
})
export const PauseSourceEnum = enumOf('PauseSource', 'What pauses were read from.', {
  ENVELOPE: 'The sound itself.',
  SEGMENTS: "The gaps between the transcript's segments: a coarse measure.",
} satisfies Record<PauseSource, string>)
export const RecordingQualityEnum = enumOf('RecordingQuality', 'What the sound of a recording is worth.', {
  PENDING: 'It is not measured yet.',
  GOOD: 'It can be heard well.',
  QUIET: 'The learner is hard to hear: heard as half as loud as usual, or less.',
  CLIPPED: 'The learner was too loud for the microphone: the sound is distorted.',
  SILENT: "Nobody is heard on the learner's side.",
  MISSING: 'There is no sound to measure: the file is gone, or cannot be decoded.',
} satisfies Record<RecordingQuality, string>)
export const TranscriptionStatusEnum = enumOf(
  'TranscriptionStatus',
  'Where the writing down of a recording stands, in sessions in which no partner hears the learner.',
  {
    NONE: 'It is not written down: a partner heard it live, it is not stored yet, or nothing here can.',
    PENDING: 'It is queued.',
    PROCESSING: 'It is being written down.',
    COMPLETED: 'What was understood, or what the learner typed, stands in the transcript.',
    FAILED: 'It could not be; `transcriptionFailure` says why. The recording is safe.',
  } satisfies Record<TranscriptionStatus, string>,
)
export const PrivacyEnum = enumOf('Privacy', 'Who may see a session.', {
  PRIVATE: 'Its owner.',
  PUBLISHED: 'Everyone who has the link.',
})
export const SpeakerEnum = enumOf('Speaker', 'Who speaks.', { LEARNER: 'The learner.', PARTNER: 'The partner.' })
export const SegmentSourceEnum = enumOf('SegmentSource', 'How a text came to be.', {
  PROVIDER: "The voice service's own words, or what it heard.",
  MATCHED: 'Found to be one of the reply cards; not judged.',
  RECOGNISED: 'Recognised on this installation.',
  TYPED: 'Typed or tapped.',
  ALIGNED: 'Typed afterwards and aligned with the audio.',
})
export const PartnerTierEnum = enumOf('PartnerTier', 'What the partner can understand here.', {
  FREE_CONVERSATION: 'Anything: a voice service is configured.',
  LOCAL_RECOGNITION: 'Free speech, recognised on this installation.',
  GUIDED: 'The reply cards, said aloud, tapped or typed.',
})
export const TalkStyleEnum = enumOf('TalkStyle', "How the partner takes the learner's answers.", {
  GUIDED: 'It offers replies, and goes on from what it understood.',
  FREE: 'No replies are offered. Where the partner tier is GUIDED, speech is recorded and timed but not understood; see provideLearnerText.',
} satisfies Record<(typeof talkStyles)[number], string>)
export const TaskKindEnum = enumOf('TaskKind', 'Kinds of tasks of a speaking test.', {
  WARM_UP: 'A short question about the learner.',
  LONG_TURN: 'A topic to speak about for a while.',
  PICTURE: 'A picture to describe and think about.',
  DISCUSSION: 'A question to give an opinion on.',
} satisfies Record<TaskKind, string>)
export const TaskStatusEnum = enumOf('TaskStatus', 'Where a task stands.', {
  TODO: 'It is still to be done.',
  DONE: 'Its recording is stored.',
  SKIPPED: 'The test was ended without it.',
} satisfies Record<TaskStatus, string>)
export const TokenScopeEnum = enumOf('TokenScope', 'What an access token may be used for.', {
  HISTORY_READ: "To read and follow what is the account's: profile, sessions, recordings, feedback.",
  SESSIONS_WRITE:
    'To start sessions and to add to them. What it reads of them beside the answer itself takes HISTORY_READ too.',
  PACKS_WRITE: 'To upload content packs and to change their status.',
} satisfies Record<TokenScope, string>)
export const ExportStatusEnum = enumOf('ExportStatus', 'Where an export stands.', {
  PENDING: 'It is queued.',
  PROCESSING: 'It is being made.',
  COMPLETED: 'It is there, until it runs out.',
  FAILED: 'It could not be made; `failure` says why.',
} satisfies Record<ExportStatus, string>)
export const HistoryChangeEnum = enumOf('HistoryChange', 'What happened to the history.', {
  READY: 'Following has begun: fetch the first page now.',
  CHANGED: 'A session is new or has changed.',
  REMOVED: 'A session is gone.',
})
