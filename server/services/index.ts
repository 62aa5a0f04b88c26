/** Binds the use cases to what they work with: the one place that knows them all. */
import { abandonSessions } from './abandon-sessions.ts'
import { activateContentPack } from './activate-content-pack.ts'
import { appendSegments } from './append-segments.ts'
import { archiveContentPack } from './archive-content-pack.ts'
import { applyStripeEvent } from './apply-stripe-event.ts'
import { canTranscribe } from './can-transcribe.ts'
import { changePassword } from './change-password.ts'
import { completeRecording } from './complete-recording.ts'
import { createCheckout } from './create-checkout.ts'
import { createPortal } from './create-portal.ts'
import { createAccessToken } from './create-access-token.ts'
import { deleteAccount } from './delete-account.ts'
import { deleteSession } from './delete-session.ts'
import { endSession } from './end-session.ts'
import { evaluateSession } from './evaluate-session.ts'
import { exportData } from './export-data.ts'
import { finalizeOverdueTranscripts } from './finalize-overdue-transcripts.ts'
import { finalizeTranscript } from './finalize-transcript.ts'
import { findDrillDetails } from './find-drill-details.ts'
import { findEvaluations } from './find-evaluations.ts'
import { findActiveContentPack } from './find-active-content-pack.ts'
import { findContentPack } from './find-content-pack.ts'
import { findPackFile } from './find-pack-file.ts'
import { findPreviousAttempts } from './find-previous-attempts.ts'
import { findPreviousDrillResults } from './find-previous-drill-results.ts'
import { findQuestion } from './find-question.ts'
import { findAccessToken } from './find-access-token.ts'
import { findDataExport } from './find-data-export.ts'
import { findDeletion } from './find-deletion.ts'
import { findPublishedSession } from './find-published-session.ts'
import { findPublishedSound } from './find-published-sound.ts'
import { findRecording } from './find-recording.ts'
import { findSession } from './find-session.ts'
import { findSessionEvent } from './find-session-event.ts'
import { findTestTask } from './find-test-task.ts'
import { findTopic } from './find-topic.ts'
import { finishDeletion } from './finish-deletion.ts'
import { finishForgottenDeletions } from './finish-forgotten-deletions.ts'
import { finishRecordings } from './finish-recordings.ts'
import { followOpenCalls } from './follow-open-calls.ts'
import { followHistory } from './follow-history.ts'
import { followSession } from './follow-session.ts'
import { followTranscript } from './follow-transcript.ts'
import { getInstallation } from './get-installation.ts'
import { getPackRights } from './get-pack-rights.ts'
import { getProgress } from './get-progress.ts'
import { getUsage } from './get-usage.ts'
import { getViewer } from './get-viewer.ts'
import { hangUpDeletedCalls } from './hang-up-deleted-calls.ts'
import { hangUpSilentCalls } from './hang-up-silent-calls.ts'
import { keepAlive } from './keep-alive.ts'
import { listContentPacks } from './list-content-packs.ts'
import { countHistory, listHistory } from './list-history.ts'
import { listPackQuestions } from './list-pack-questions.ts'
import { listDrillQuestions } from './list-drill-questions.ts'
import { listAccessTokens } from './list-access-tokens.ts'
import { listDataExports } from './list-data-exports.ts'
import { listPeaks } from './list-peaks.ts'
import { listRecordings } from './list-recordings.ts'
import { listSegments } from './list-segments.ts'
import { listSessionEvents } from './list-session-events.ts'
import { listTaskMetrics } from './list-task-metrics.ts'
import { listTaskSegments } from './list-task-segments.ts'
import { listTestTasks } from './list-test-tasks.ts'
import { listTopics } from './list-topics.ts'
import { findUser, listUserEvents, listUsers } from './list-users.ts'
import { measureForgottenRecordings } from './measure-forgotten-recordings.ts'
import { measureRecording } from './measure-recording.ts'
import { mintClientSecret } from './mint-client-secret.ts'
import { presignExport } from './presign-export.ts'
import { presignPlayback } from './presign-playback.ts'
import { presignRecording } from './presign-recording.ts'
import { provideLearnerText } from './provide-learner-text.ts'
import { pruneRecordings } from './prune-recordings.ts'
import { redeemPasswordReset } from './redeem-password-reset.ts'
import { publishSession } from './publish-session.ts'
import { relayCall } from './relay-call.ts'
import { requestExport } from './request-export.ts'
import { requestEvaluation } from './request-evaluation.ts'
import { retryRecording } from './retry-recording.ts'
import { revokeAccessToken } from './revoke-access-token.ts'
import type { ServiceDeps } from './service-deps.ts'
import { settleForgottenTranscriptions } from './settle-forgotten-transcriptions.ts'
import { resetUserPassword } from './reset-user-password.ts'
import { setEntitlement } from './set-entitlement.ts'
import { signIn } from './sign-in.ts'
import { signOut } from './sign-out.ts'
import { signUp } from './sign-up.ts'
import { startDrill } from './start-drill.ts'
import { startSession } from './start-session.ts'
import { startSpeakingTest } from './start-speaking-test.ts'
import { submitDrillResponse } from './submit-drill-response.ts'
import { sweepExports } from './sweep-exports.ts'
import { sweepRecordings } from './sweep-recordings.ts'
import { sweepSecrets } from './sweep-secrets.ts'
import { transcribeRecording } from './transcribe-recording.ts'
import { unpublishSession } from './unpublish-session.ts'
import { updateViewer } from './update-viewer.ts'
import { uploadContentPack } from './upload-content-pack.ts'

const useCases = {
  abandonSessions,
  activateContentPack,
  appendSegments,
  archiveContentPack,
  applyStripeEvent,
  canTranscribe,
  changePassword,
  completeRecording,
  countHistory,
  createCheckout,
  createPortal,
  createAccessToken,
  deleteAccount,
  deleteSession,
  endSession,
  evaluateSession,
  exportData,
  finalizeOverdueTranscripts,
  finalizeTranscript,
  findDrillDetails,
  findEvaluations,
  findActiveContentPack,
  findContentPack,
  findPackFile,
  findPreviousAttempts,
  findPreviousDrillResults,
  findQuestion,
  findAccessToken,
  findDataExport,
  findDeletion,
  findPublishedSession,
  findPublishedSound,
  findRecording,
  findSession,
  findSessionEvent,
  findTestTask,
  findTopic,
  findUser,
  finishDeletion,
  finishForgottenDeletions,
  finishRecordings,
  followHistory,
  followOpenCalls,
  followSession,
  followTranscript,
  getInstallation,
  getPackRights,
  getProgress,
  getUsage,
  getViewer,
  hangUpDeletedCalls,
  hangUpSilentCalls,
  keepAlive,
  listDrillQuestions,
  listContentPacks,
  listHistory,
  listPackQuestions,
  listAccessTokens,
  listDataExports,
  listPeaks,
  listRecordings,
  listSegments,
  listSessionEvents,
  listTaskMetrics,
  listTaskSegments,
  listTestTasks,
  listTopics,
  listUserEvents,
  listUsers,
  measureForgottenRecordings,
  measureRecording,
  mintClientSecret,
  presignExport,
  presignPlayback,
  presignRecording,
  provideLearnerText,
  pruneRecordings,
  redeemPasswordReset,
  relayCall,
  requestEvaluation,
  retryRecording,
  settleForgottenTranscriptions,
  resetUserPassword,
  setEntitlement,
  publishSession,
  requestExport,
  revokeAccessToken,
  signIn,
  signOut,
  signUp,
  startDrill,
  startSession,
  startSpeakingTest,
  submitDrillResponse,
  sweepExports,
  sweepRecordings,
  sweepSecrets,
  transcribeRecording,
  unpublishSession,
  updateViewer,
  uploadContentPack,
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
