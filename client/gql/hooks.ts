/* One typed hook per operation. Generated: do not edit. */

import { useMutation, useQuery, useSubscription } from '@apollo/client/react'

import * as documents from './documents.ts'

export function useAccessTokensQuery(options: useQuery.Options<documents.AccessTokensQuery, documents.AccessTokensQueryVariables> = {}) {
  return useQuery<documents.AccessTokensQuery, documents.AccessTokensQueryVariables>(documents.AccessTokensDocument, options)
}

export function useAppendSegmentsMutation(options?: useMutation.Options<documents.AppendSegmentsMutation, documents.AppendSegmentsMutationVariables>) {
  return useMutation<documents.AppendSegmentsMutation, documents.AppendSegmentsMutationVariables>(documents.AppendSegmentsDocument, options)
}

export function useChangePasswordMutation(options?: useMutation.Options<documents.ChangePasswordMutation, documents.ChangePasswordMutationVariables>) {
  return useMutation<documents.ChangePasswordMutation, documents.ChangePasswordMutationVariables>(documents.ChangePasswordDocument, options)
}

export function useCompleteRecordingMutation(options?: useMutation.Options<documents.CompleteRecordingMutation, documents.CompleteRecordingMutationVariables>) {
  return useMutation<documents.CompleteRecordingMutation, documents.CompleteRecordingMutationVariables>(documents.CompleteRecordingDocument, options)
}

export function useCreateAccessTokenMutation(options?: useMutation.Options<documents.CreateAccessTokenMutation, documents.CreateAccessTokenMutationVariables>) {
  return useMutation<documents.CreateAccessTokenMutation, documents.CreateAccessTokenMutationVariables>(documents.CreateAccessTokenDocument, options)
}

export function useDeleteAccountMutation(options?: useMutation.Options<documents.DeleteAccountMutation, documents.DeleteAccountMutationVariables>) {
  return useMutation<documents.DeleteAccountMutation, documents.DeleteAccountMutationVariables>(documents.DeleteAccountDocument, options)
}

export function useDeleteSessionMutation(options?: useMutation.Options<documents.DeleteSessionMutation, documents.DeleteSessionMutationVariables>) {
  return useMutation<documents.DeleteSessionMutation, documents.DeleteSessionMutationVariables>(documents.DeleteSessionDocument, options)
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

export function useRepeatedTopicsQuery(options: useQuery.Options<documents.RepeatedTopicsQuery, documents.RepeatedTopicsQueryVariables> = {}) {
  return useQuery<documents.RepeatedTopicsQuery, documents.RepeatedTopicsQueryVariables>(documents.RepeatedTopicsDocument, options)
}

export function useRequestEvaluationMutation(options?: useMutation.Options<documents.RequestEvaluationMutation, documents.RequestEvaluationMutationVariables>) {
  return useMutation<documents.RequestEvaluationMutation, documents.RequestEvaluationMutationVariables>(documents.RequestEvaluationDocument, options)
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

export function useViewerQuery(options: useQuery.Options<documents.ViewerQuery, documents.ViewerQueryVariables> = {}) {
  return useQuery<documents.ViewerQuery, documents.ViewerQueryVariables>(documents.ViewerDocument, options)
}
