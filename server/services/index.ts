/** Binds the use cases to what they work with: the one place that knows them all. */
import { abandonSessions } from './abandon-sessions.ts'
import { appendSegments } from './append-segments.ts'
import { canTranscribe } from './can-transcribe.ts'
import { changePassword } from './change-password.ts'
import { completeRecording } from './complete-recording.ts'
import { createAccessToken } from './create-access-token.ts'
import { deleteAccount } from './delete-account.ts'
import { deleteSession } from './delete-session.ts'
import { endSession } from './end-session.ts'
import { evaluateSession } from './evaluate-session.ts'
import { exportData } from './export-data.ts'
import { finalizeOverdueTranscripts } from './finalize-overdue-transcripts.ts'
import { finalizeTranscript } from './finalize-transcript.ts'
import { findAccessToken } from './find-access-token.ts'
import { findDataExport } from './find-data-export.ts'
import { findDeletion } from './find-deletion.ts'
import { findEvaluation } from './find-evaluation.ts'
import { findPreviousAttempts } from './find-previous-attempts.ts'
import { findPublishedSession } from './find-published-session.ts'
import { findPublishedSound } from './find-published-sound.ts'
import { findRecording } from './find-recording.ts'
import { findSession } from './find-session.ts'
import { findSessionEvent } from './find-session-event.ts'
import { findTaskMetrics } from './find-task-metrics.ts'
import { findTestTask } from './find-test-task.ts'
import { findTopic } from './find-topic.ts'
import { finishDeletion } from './finish-deletion.ts'
import { finishForgottenDeletions } from './finish-forgotten-deletions.ts'
import { finishRecordings } from './finish-recordings.ts'
import { followHistory } from './follow-history.ts'
import { followSession } from './follow-session.ts'
import { followTranscript } from './follow-transcript.ts'
import { getInstallation } from './get-installation.ts'
import { getProgress } from './get-progress.ts'
import { getUsage } from './get-usage.ts'
import { getViewer } from './get-viewer.ts'
import { hangUpSilentCalls } from './hang-up-silent-calls.ts'
import { keepAlive } from './keep-alive.ts'
import { listAccessTokens } from './list-access-tokens.ts'
import { countHistory, listHistory } from './list-history.ts'
import { listDataExports } from './list-data-exports.ts'
import { listPeaks } from './list-peaks.ts'
import { listRecordings } from './list-recordings.ts'
import { listSegments } from './list-segments.ts'
import { listSessionEvents } from './list-session-events.ts'
import { listTestTasks } from './list-test-tasks.ts'
import { listTopics } from './list-topics.ts'
import { measureForgottenRecordings } from './measure-forgotten-recordings.ts'
import { measureRecording } from './measure-recording.ts'
import { mintClientSecret } from './mint-client-secret.ts'
import { presignExport } from './presign-export.ts'
import { presignPlayback } from './presign-playback.ts'
import { presignRecording } from './presign-recording.ts'
import { provideLearnerText } from './provide-learner-text.ts'
import { pruneRecordings } from './prune-recordings.ts'
import { publishSession } from './publish-session.ts'
import { relayCall } from './relay-call.ts'
import { requestExport } from './request-export.ts'
import { requestEvaluation } from './request-evaluation.ts'
import { revokeAccessToken } from './revoke-access-token.ts'
import type { ServiceDeps } from './service-deps.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { startSession } from './start-session.ts'
import { startSpeakingTest } from './start-speaking-test.ts'
import { sweepExports } from './sweep-exports.ts'
import { sweepRecordings } from './sweep-recordings.ts'
import { sweepSecrets } from './sweep-secrets.ts'
import { transcribeRecording } from './transcribe-recording.ts'
import { unpublishSession } from './unpublish-session.ts'
import { updateViewer } from './update-viewer.ts'

const useCases = {
  abandonSessions,
  appendSegments,
  canTranscribe,
  changePassword,
  completeRecording,
  countHistory,
  createAccessToken,
  deleteAccount,
  deleteSession,
  endSession,
  evaluateSession,
  exportData,
  finalizeOverdueTranscripts,
  finalizeTranscript,
  findAccessToken,
  findDataExport,
  findDeletion,
  findEvaluation,
  findPreviousAttempts,
  findPublishedSession,
  findPublishedSound,
  findRecording,
  findSession,
  findSessionEvent,
  findTaskMetrics,
  findTestTask,
  findTopic,
  finishDeletion,
  finishForgottenDeletions,
  finishRecordings,
  followHistory,
  followSession,
  followTranscript,
  getInstallation,
  getProgress,
  getUsage,
  getViewer,
  hangUpSilentCalls,
  keepAlive,
  listAccessTokens,
  listHistory,
  listDataExports,
  listPeaks,
  listRecordings,
  listSegments,
  listSessionEvents,
  listTestTasks,
  listTopics,
  measureForgottenRecordings,
  measureRecording,
  mintClientSecret,
  presignExport,
  presignPlayback,
  presignRecording,
  provideLearnerText,
  pruneRecordings,
  publishSession,
  relayCall,
  requestEvaluation,
  requestExport,
  revokeAccessToken,
  signIn,
  signOut,
  signUp,
  startSession,
  startSpeakingTest,
  sweepExports,
  sweepRecordings,
  sweepSecrets,
  transcribeRecording,
  unpublishSession,
  updateViewer,
}

type Bound<UseCase> = UseCase extends (deps: never, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never

/** Every use case, by its name, without its first parameter. */
export type Services = { [Name in keyof typeof useCases]: Bound<(typeof useCases)[Name]> }

type AnyUseCase = (deps: ServiceDeps, ...rest: unknown[]) => unknown

/** Gives every use case its first parameter, once, when the app is put together. */
export function createServices(deps: ServiceDeps): Services {
  const bind =
    (useCase: AnyUseCase) =>
    (...rest: unknown[]) =>
      useCase(deps, ...rest)
  return Object.fromEntries(
    Object.entries(useCases).map(([name, useCase]) => [name, bind(useCase as AnyUseCase)]),
  ) as Services
}
