/* One typed hook per operation. Generated: do not edit. */

import { useMutation, useQuery, useSubscription } from '@apollo/client/react'

import * as documents from './documents.ts'

export function useAccessTokensQuery(options: useQuery.Options<documents.AccessTokensQuery, documents.AccessTokensQueryVariables> = {}) {
  return useQuery<documents.AccessTokensQuery, documents.AccessTokensQueryVariables>(documents.AccessTokensDocument, options)
}

export function useActivateContentPackMutation(options?: useMutation.Options<documents.ActivateContentPackMutation, documents.ActivateContentPackMutationVariables>) {
  return useMutation<documents.ActivateContentPackMutation, documents.ActivateContentPackMutationVariables>(documents.ActivateContentPackDocument, options)
}

export function useAppendSegmentsMutation(options?: useMutation.Options<documents.AppendSegmentsMutation, documents.AppendSegmentsMutationVariables>) {
  return useMutation<documents.AppendSegmentsMutation, documents.AppendSegmentsMutationVariables>(documents.AppendSegmentsDocument, options)
}

export function useArchiveContentPackMutation(options?: useMutation.Options<documents.ArchiveContentPackMutation, documents.ArchiveContentPackMutationVariables>) {
  return useMutation<documents.ArchiveContentPackMutation, documents.ArchiveContentPackMutationVariables>(documents.ArchiveContentPackDocument, options)
}

export function useChangePasswordMutation(options?: useMutation.Options<documents.ChangePasswordMutation, documents.ChangePasswordMutationVariables>) {
  return useMutation<documents.ChangePasswordMutation, documents.ChangePasswordMutationVariables>(documents.ChangePasswordDocument, options)
}

export function useCompleteRecordingMutation(options?: useMutation.Options<documents.CompleteRecordingMutation, documents.CompleteRecordingMutationVariables>) {
  return useMutation<documents.CompleteRecordingMutation, documents.CompleteRecordingMutationVariables>(documents.CompleteRecordingDocument, options)
}

export function useContentPacksQuery(options: (useQuery.Options<documents.ContentPacksQuery, documents.ContentPacksQueryVariables> & { variables: documents.ContentPacksQueryVariables }) | (useQuery.Options<documents.ContentPacksQuery, documents.ContentPacksQueryVariables> & { skip: true })) {
  return useQuery<documents.ContentPacksQuery, documents.ContentPacksQueryVariables>(documents.ContentPacksDocument, options)
}

export function useCreateAccessTokenMutation(options?: useMutation.Options<documents.CreateAccessTokenMutation, documents.CreateAccessTokenMutationVariables>) {
  return useMutation<documents.CreateAccessTokenMutation, documents.CreateAccessTokenMutationVariables>(documents.CreateAccessTokenDocument, options)
}

export function useCreateCheckoutMutation(options?: useMutation.Options<documents.CreateCheckoutMutation, documents.CreateCheckoutMutationVariables>) {
  return useMutation<documents.CreateCheckoutMutation, documents.CreateCheckoutMutationVariables>(documents.CreateCheckoutDocument, options)
}

export function useCreatePortalMutation(options?: useMutation.Options<documents.CreatePortalMutation, documents.CreatePortalMutationVariables>) {
  return useMutation<documents.CreatePortalMutation, documents.CreatePortalMutationVariables>(documents.CreatePortalDocument, options)
}

export function useDeleteAccountMutation(options?: useMutation.Options<documents.DeleteAccountMutation, documents.DeleteAccountMutationVariables>) {
  return useMutation<documents.DeleteAccountMutation, documents.DeleteAccountMutationVariables>(documents.DeleteAccountDocument, options)
}

export function useDeleteSessionMutation(options?: useMutation.Options<documents.DeleteSessionMutation, documents.DeleteSessionMutationVariables>) {
  return useMutation<documents.DeleteSessionMutation, documents.DeleteSessionMutationVariables>(documents.DeleteSessionDocument, options)
}

export function useDrillQuery(options: (useQuery.Options<documents.DrillQuery, documents.DrillQueryVariables> & { variables: documents.DrillQueryVariables }) | (useQuery.Options<documents.DrillQuery, documents.DrillQueryVariables> & { skip: true })) {
  return useQuery<documents.DrillQuery, documents.DrillQueryVariables>(documents.DrillDocument, options)
}

export function useDrillAttemptsQuery(options: (useQuery.Options<documents.DrillAttemptsQuery, documents.DrillAttemptsQueryVariables> & { variables: documents.DrillAttemptsQueryVariables }) | (useQuery.Options<documents.DrillAttemptsQuery, documents.DrillAttemptsQueryVariables> & { skip: true })) {
  return useQuery<documents.DrillAttemptsQuery, documents.DrillAttemptsQueryVariables>(documents.DrillAttemptsDocument, options)
}

export function useDrillQuestionQuery(options: (useQuery.Options<documents.DrillQuestionQuery, documents.DrillQuestionQueryVariables> & { variables: documents.DrillQuestionQueryVariables }) | (useQuery.Options<documents.DrillQuestionQuery, documents.DrillQuestionQueryVariables> & { skip: true })) {
  return useQuery<documents.DrillQuestionQuery, documents.DrillQuestionQueryVariables>(documents.DrillQuestionDocument, options)
}

export function useDrillQuestionsQuery(options: (useQuery.Options<documents.DrillQuestionsQuery, documents.DrillQuestionsQueryVariables> & { variables: documents.DrillQuestionsQueryVariables }) | (useQuery.Options<documents.DrillQuestionsQuery, documents.DrillQuestionsQueryVariables> & { skip: true })) {
  return useQuery<documents.DrillQuestionsQuery, documents.DrillQuestionsQueryVariables>(documents.DrillQuestionsDocument, options)
}

export function useDrillUpdatedSubscription(options: (useSubscription.Options<documents.DrillUpdatedSubscription, documents.DrillUpdatedSubscriptionVariables> & { variables: documents.DrillUpdatedSubscriptionVariables }) | (useSubscription.Options<documents.DrillUpdatedSubscription, documents.DrillUpdatedSubscriptionVariables> & { skip: true })) {
  return useSubscription<documents.DrillUpdatedSubscription, documents.DrillUpdatedSubscriptionVariables>(documents.DrillUpdatedDocument, options)
}

export function useEndSessionMutation(options?: useMutation.Options<documents.EndSessionMutation, documents.EndSessionMutationVariables>) {
  return useMutation<documents.EndSessionMutation, documents.EndSessionMutationVariables>(documents.EndSessionDocument, options)
}

export function useExportDataMutation(options?: useMutation.Options<documents.ExportDataMutation, documents.ExportDataMutationVariables>) {
  return useMutation<documents.ExportDataMutation, documents.ExportDataMutationVariables>(documents.ExportDataDocument, options)
}

export function useExportsQuery(options: useQuery.Options<documents.ExportsQuery, documents.ExportsQueryVariables> = {}) {
  return useQuery<documents.ExportsQuery, documents.ExportsQueryVariables>(documents.ExportsDocument, options)
}

export function useHistoryQuery(options: (useQuery.Options<documents.HistoryQuery, documents.HistoryQueryVariables> & { variables: documents.HistoryQueryVariables }) | (useQuery.Options<documents.HistoryQuery, documents.HistoryQueryVariables> & { skip: true })) {
  return useQuery<documents.HistoryQuery, documents.HistoryQueryVariables>(documents.HistoryDocument, options)
}

export function useHistoryUpdatedSubscription(options: useSubscription.Options<documents.HistoryUpdatedSubscription, documents.HistoryUpdatedSubscriptionVariables> = {}) {
  return useSubscription<documents.HistoryUpdatedSubscription, documents.HistoryUpdatedSubscriptionVariables>(documents.HistoryUpdatedDocument, options)
}

export function useKeepAliveMutation(options?: useMutation.Options<documents.KeepAliveMutation, documents.KeepAliveMutationVariables>) {
  return useMutation<documents.KeepAliveMutation, documents.KeepAliveMutationVariables>(documents.KeepAliveDocument, options)
}

export function useMintClientSecretMutation(options?: useMutation.Options<documents.MintClientSecretMutation, documents.MintClientSecretMutationVariables>) {
  return useMutation<documents.MintClientSecretMutation, documents.MintClientSecretMutationVariables>(documents.MintClientSecretDocument, options)
}

export function usePackQuestionsQuery(options: (useQuery.Options<documents.PackQuestionsQuery, documents.PackQuestionsQueryVariables> & { variables: documents.PackQuestionsQueryVariables }) | (useQuery.Options<documents.PackQuestionsQuery, documents.PackQuestionsQueryVariables> & { skip: true })) {
  return useQuery<documents.PackQuestionsQuery, documents.PackQuestionsQueryVariables>(documents.PackQuestionsDocument, options)
}

export function usePlanQuery(options: useQuery.Options<documents.PlanQuery, documents.PlanQueryVariables> = {}) {
  return useQuery<documents.PlanQuery, documents.PlanQueryVariables>(documents.PlanDocument, options)
}

export function usePresignRecordingMutation(options?: useMutation.Options<documents.PresignRecordingMutation, documents.PresignRecordingMutationVariables>) {
  return useMutation<documents.PresignRecordingMutation, documents.PresignRecordingMutationVariables>(documents.PresignRecordingDocument, options)
}

export function useProgressQuery(options: (useQuery.Options<documents.ProgressQuery, documents.ProgressQueryVariables> & { variables: documents.ProgressQueryVariables }) | (useQuery.Options<documents.ProgressQuery, documents.ProgressQueryVariables> & { skip: true })) {
  return useQuery<documents.ProgressQuery, documents.ProgressQueryVariables>(documents.ProgressDocument, options)
}

export function useProvideLearnerTextMutation(options?: useMutation.Options<documents.ProvideLearnerTextMutation, documents.ProvideLearnerTextMutationVariables>) {
  return useMutation<documents.ProvideLearnerTextMutation, documents.ProvideLearnerTextMutationVariables>(documents.ProvideLearnerTextDocument, options)
}

export function usePublishedSessionQuery(options: (useQuery.Options<documents.PublishedSessionQuery, documents.PublishedSessionQueryVariables> & { variables: documents.PublishedSessionQueryVariables }) | (useQuery.Options<documents.PublishedSessionQuery, documents.PublishedSessionQueryVariables> & { skip: true })) {
  return useQuery<documents.PublishedSessionQuery, documents.PublishedSessionQueryVariables>(documents.PublishedSessionDocument, options)
}

export function usePublishSessionMutation(options?: useMutation.Options<documents.PublishSessionMutation, documents.PublishSessionMutationVariables>) {
  return useMutation<documents.PublishSessionMutation, documents.PublishSessionMutationVariables>(documents.PublishSessionDocument, options)
}

export function useRedeemPasswordResetMutation(options?: useMutation.Options<documents.RedeemPasswordResetMutation, documents.RedeemPasswordResetMutationVariables>) {
  return useMutation<documents.RedeemPasswordResetMutation, documents.RedeemPasswordResetMutationVariables>(documents.RedeemPasswordResetDocument, options)
}

export function useRepeatedTopicsQuery(options: useQuery.Options<documents.RepeatedTopicsQuery, documents.RepeatedTopicsQueryVariables> = {}) {
  return useQuery<documents.RepeatedTopicsQuery, documents.RepeatedTopicsQueryVariables>(documents.RepeatedTopicsDocument, options)
}

export function useRequestEvaluationMutation(options?: useMutation.Options<documents.RequestEvaluationMutation, documents.RequestEvaluationMutationVariables>) {
  return useMutation<documents.RequestEvaluationMutation, documents.RequestEvaluationMutationVariables>(documents.RequestEvaluationDocument, options)
}

export function useResetUserPasswordMutation(options?: useMutation.Options<documents.ResetUserPasswordMutation, documents.ResetUserPasswordMutationVariables>) {
  return useMutation<documents.ResetUserPasswordMutation, documents.ResetUserPasswordMutationVariables>(documents.ResetUserPasswordDocument, options)
}

export function useRetryRecordingMutation(options?: useMutation.Options<documents.RetryRecordingMutation, documents.RetryRecordingMutationVariables>) {
  return useMutation<documents.RetryRecordingMutation, documents.RetryRecordingMutationVariables>(documents.RetryRecordingDocument, options)
}

export function useRevokeAccessTokenMutation(options?: useMutation.Options<documents.RevokeAccessTokenMutation, documents.RevokeAccessTokenMutationVariables>) {
  return useMutation<documents.RevokeAccessTokenMutation, documents.RevokeAccessTokenMutationVariables>(documents.RevokeAccessTokenDocument, options)
}

export function useSessionReviewQuery(options: (useQuery.Options<documents.SessionReviewQuery, documents.SessionReviewQueryVariables> & { variables: documents.SessionReviewQueryVariables }) | (useQuery.Options<documents.SessionReviewQuery, documents.SessionReviewQueryVariables> & { skip: true })) {
  return useQuery<documents.SessionReviewQuery, documents.SessionReviewQueryVariables>(documents.SessionReviewDocument, options)
}

export function useSessionUpdatedSubscription(options: (useSubscription.Options<documents.SessionUpdatedSubscription, documents.SessionUpdatedSubscriptionVariables> & { variables: documents.SessionUpdatedSubscriptionVariables }) | (useSubscription.Options<documents.SessionUpdatedSubscription, documents.SessionUpdatedSubscriptionVariables> & { skip: true })) {
  return useSubscription<documents.SessionUpdatedSubscription, documents.SessionUpdatedSubscriptionVariables>(documents.SessionUpdatedDocument, options)
}

export function useSetEntitlementMutation(options?: useMutation.Options<documents.SetEntitlementMutation, documents.SetEntitlementMutationVariables>) {
  return useMutation<documents.SetEntitlementMutation, documents.SetEntitlementMutationVariables>(documents.SetEntitlementDocument, options)
}

export function useSignInMutation(options?: useMutation.Options<documents.SignInMutation, documents.SignInMutationVariables>) {
  return useMutation<documents.SignInMutation, documents.SignInMutationVariables>(documents.SignInDocument, options)
}

export function useSignOutMutation(options?: useMutation.Options<documents.SignOutMutation, documents.SignOutMutationVariables>) {
  return useMutation<documents.SignOutMutation, documents.SignOutMutationVariables>(documents.SignOutDocument, options)
}

export function useSignUpMutation(options?: useMutation.Options<documents.SignUpMutation, documents.SignUpMutationVariables>) {
  return useMutation<documents.SignUpMutation, documents.SignUpMutationVariables>(documents.SignUpDocument, options)
}

export function useSpeakingTestQuery(options: (useQuery.Options<documents.SpeakingTestQuery, documents.SpeakingTestQueryVariables> & { variables: documents.SpeakingTestQueryVariables }) | (useQuery.Options<documents.SpeakingTestQuery, documents.SpeakingTestQueryVariables> & { skip: true })) {
  return useQuery<documents.SpeakingTestQuery, documents.SpeakingTestQueryVariables>(documents.SpeakingTestDocument, options)
}

export function useStartSessionMutation(options?: useMutation.Options<documents.StartSessionMutation, documents.StartSessionMutationVariables>) {
  return useMutation<documents.StartSessionMutation, documents.StartSessionMutationVariables>(documents.StartSessionDocument, options)
}

export function useSubmitDrillResponseMutation(options?: useMutation.Options<documents.SubmitDrillResponseMutation, documents.SubmitDrillResponseMutationVariables>) {
  return useMutation<documents.SubmitDrillResponseMutation, documents.SubmitDrillResponseMutationVariables>(documents.SubmitDrillResponseDocument, options)
}

export function useTestResultsQuery(options: (useQuery.Options<documents.TestResultsQuery, documents.TestResultsQueryVariables> & { variables: documents.TestResultsQueryVariables }) | (useQuery.Options<documents.TestResultsQuery, documents.TestResultsQueryVariables> & { skip: true })) {
  return useQuery<documents.TestResultsQuery, documents.TestResultsQueryVariables>(documents.TestResultsDocument, options)
}

export function useTopicQuery(options: (useQuery.Options<documents.TopicQuery, documents.TopicQueryVariables> & { variables: documents.TopicQueryVariables }) | (useQuery.Options<documents.TopicQuery, documents.TopicQueryVariables> & { skip: true })) {
  return useQuery<documents.TopicQuery, documents.TopicQueryVariables>(documents.TopicDocument, options)
}

export function useTopicsQuery(options: useQuery.Options<documents.TopicsQuery, documents.TopicsQueryVariables> = {}) {
  return useQuery<documents.TopicsQuery, documents.TopicsQueryVariables>(documents.TopicsDocument, options)
}

export function useTranscriptSegmentsSubscription(options: (useSubscription.Options<documents.TranscriptSegmentsSubscription, documents.TranscriptSegmentsSubscriptionVariables> & { variables: documents.TranscriptSegmentsSubscriptionVariables }) | (useSubscription.Options<documents.TranscriptSegmentsSubscription, documents.TranscriptSegmentsSubscriptionVariables> & { skip: true })) {
  return useSubscription<documents.TranscriptSegmentsSubscription, documents.TranscriptSegmentsSubscriptionVariables>(documents.TranscriptSegmentsDocument, options)
}

export function useUnfinishedTestsQuery(options: useQuery.Options<documents.UnfinishedTestsQuery, documents.UnfinishedTestsQueryVariables> = {}) {
  return useQuery<documents.UnfinishedTestsQuery, documents.UnfinishedTestsQueryVariables>(documents.UnfinishedTestsDocument, options)
}

export function useUnpublishSessionMutation(options?: useMutation.Options<documents.UnpublishSessionMutation, documents.UnpublishSessionMutationVariables>) {
  return useMutation<documents.UnpublishSessionMutation, documents.UnpublishSessionMutationVariables>(documents.UnpublishSessionDocument, options)
}

export function useUpdateViewerMutation(options?: useMutation.Options<documents.UpdateViewerMutation, documents.UpdateViewerMutationVariables>) {
  return useMutation<documents.UpdateViewerMutation, documents.UpdateViewerMutationVariables>(documents.UpdateViewerDocument, options)
}

export function useUploadContentPackMutation(options?: useMutation.Options<documents.UploadContentPackMutation, documents.UploadContentPackMutationVariables>) {
  return useMutation<documents.UploadContentPackMutation, documents.UploadContentPackMutationVariables>(documents.UploadContentPackDocument, options)
}

export function useUserEventsQuery(options: (useQuery.Options<documents.UserEventsQuery, documents.UserEventsQueryVariables> & { variables: documents.UserEventsQueryVariables }) | (useQuery.Options<documents.UserEventsQuery, documents.UserEventsQueryVariables> & { skip: true })) {
  return useQuery<documents.UserEventsQuery, documents.UserEventsQueryVariables>(documents.UserEventsDocument, options)
}

export function useUsersQuery(options: (useQuery.Options<documents.UsersQuery, documents.UsersQueryVariables> & { variables: documents.UsersQueryVariables }) | (useQuery.Options<documents.UsersQuery, documents.UsersQueryVariables> & { skip: true })) {
  return useQuery<documents.UsersQuery, documents.UsersQueryVariables>(documents.UsersDocument, options)
}

export function useViewerQuery(options: useQuery.Options<documents.ViewerQuery, documents.ViewerQueryVariables> = {}) {
  return useQuery<documents.ViewerQuery, documents.ViewerQueryVariables>(documents.ViewerDocument, options)
}
