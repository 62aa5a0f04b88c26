/** A server behind the cache: typed answers by operation, and subscriptions that a test speaks through. */
import { ApolloLink } from '@apollo/client'
import { Observable, Subject } from 'rxjs'
import type * as api from '../../../web/gql/documents.ts'

/** What a test's server answers; an operation without an answer is an error. */
export interface Answers {
  Viewer?: () => api.ViewerQuery
  History?: (variables: api.HistoryQueryVariables) => api.HistoryQuery
  Progress?: (variables: api.ProgressQueryVariables) => api.ProgressQuery
  RepeatedTopics?: (variables: api.RepeatedTopicsQueryVariables) => api.RepeatedTopicsQuery
  Topics?: (variables: api.TopicsQueryVariables) => api.TopicsQuery
  Topic?: (variables: api.TopicQueryVariables) => api.TopicQuery
  SessionReview?: (variables: api.SessionReviewQueryVariables) => api.SessionReviewQuery
  ProvideLearnerText?: (variables: api.ProvideLearnerTextMutationVariables) => api.ProvideLearnerTextMutation
  SpeakingTest?: (variables: api.SpeakingTestQueryVariables) => api.SpeakingTestQuery
  UnfinishedTests?: () => api.UnfinishedTestsQuery
  TestResults?: (variables: api.TestResultsQueryVariables) => api.TestResultsQuery
  RetryRecording?: (variables: api.RetryRecordingMutationVariables) => api.RetryRecordingMutation
  DrillQuestions?: (variables: api.DrillQuestionsQueryVariables) => api.DrillQuestionsQuery
  DrillQuestion?: (variables: api.DrillQuestionQueryVariables) => api.DrillQuestionQuery
  Drill?: (variables: api.DrillQueryVariables) => api.DrillQuery
  DrillAttempts?: (variables: api.DrillAttemptsQueryVariables) => api.DrillAttemptsQuery
  SubmitDrillResponse?: (variables: api.SubmitDrillResponseMutationVariables) => api.SubmitDrillResponseMutation
  StartSession?: (variables: api.StartSessionMutationVariables) => api.StartSessionMutation
  RequestEvaluation?: (variables: api.RequestEvaluationMutationVariables) => api.RequestEvaluationMutation
  ContentPacks?: (variables: api.ContentPacksQueryVariables) => api.ContentPacksQuery
  PackQuestions?: (variables: api.PackQuestionsQueryVariables) => api.PackQuestionsQuery
  UploadContentPack?: (variables: api.UploadContentPackMutationVariables) => api.UploadContentPackMutation
  ActivateContentPack?: (variables: api.ActivateContentPackMutationVariables) => api.ActivateContentPackMutation
  ArchiveContentPack?: (variables: api.ArchiveContentPackMutationVariables) => api.ArchiveContentPackMutation
  Plan?: () => api.PlanQuery
  CreateCheckout?: (variables: api.CreateCheckoutMutationVariables) => api.CreateCheckoutMutation
  CreatePortal?: () => api.CreatePortalMutation
  Users?: (variables: api.UsersQueryVariables) => api.UsersQuery
  UserEvents?: (variables: api.UserEventsQueryVariables) => api.UserEventsQuery
  SetEntitlement?: (variables: api.SetEntitlementMutationVariables) => api.SetEntitlementMutation
  ResetUserPassword?: (variables: api.ResetUserPasswordMutationVariables) => api.ResetUserPasswordMutation
  RedeemPasswordReset?: (variables: api.RedeemPasswordResetMutationVariables) => api.RedeemPasswordResetMutation
  SignIn?: (variables: api.SignInMutationVariables) => api.SignInMutation
  SignUp?: (variables: api.SignUpMutationVariables) => api.SignUpMutation
  UpdateViewer?: (variables: api.UpdateViewerMutationVariables) => api.UpdateViewerMutation
  ChangePassword?: (variables: api.ChangePasswordMutationVariables) => api.ChangePasswordMutation
  PublishSession?: (variables: api.PublishSessionMutationVariables) => api.PublishSessionMutation
  UnpublishSession?: (variables: api.UnpublishSessionMutationVariables) => api.UnpublishSessionMutation
  PublishedSession?: (variables: api.PublishedSessionQueryVariables) => api.PublishedSessionQuery
  DeleteSession?: (variables: api.DeleteSessionMutationVariables) => api.DeleteSessionMutation
  DeleteAccount?: (variables: api.DeleteAccountMutationVariables) => api.DeleteAccountMutation
  Exports?: () => api.ExportsQuery
  ExportData?: (variables: api.ExportDataMutationVariables) => api.ExportDataMutation
  SignOut?: () => api.SignOutMutation
  AccessTokens?: () => api.AccessTokensQuery
  CreateAccessToken?: (variables: api.CreateAccessTokenMutationVariables) => api.CreateAccessTokenMutation
  RevokeAccessToken?: (variables: api.RevokeAccessTokenMutationVariables) => api.RevokeAccessTokenMutation
}

interface Events {
  HistoryUpdated: api.HistoryUpdatedSubscription
  DrillUpdated: api.DrillUpdatedSubscription
  SessionUpdated: api.SessionUpdatedSubscription
  TranscriptSegments: api.TranscriptSegmentsSubscription
}

export class FakeServerLink extends ApolloLink {
  /** Every operation that was asked, in order. */
  readonly asked: { name: string; variables: Record<string, unknown> }[] = []
  readonly #answers: Answers
  readonly #streams = new Map<string, Subject<ApolloLink.Result>>()

  constructor(answers: Answers) {
    super()
    this.#answers = answers
  }

  override request(operation: ApolloLink.Operation): Observable<ApolloLink.Result> {
    const name = operation.operationName ?? ''
    this.asked.push({ name, variables: operation.variables })
    if (operation.operationType === 'subscription') return this.#stream(name)
    return new Observable((observer) => {
      const answer = Object.entries(this.#answers).find(([key]) => key === name)?.[1] as
        | ((variables: Record<string, unknown>) => Record<string, unknown>)
        | undefined
      queueMicrotask(() => {
        if (!answer) return observer.error(new Error(`This test's server does not answer ${name}`))
        try {
          observer.next({ data: answer(operation.variables) })
          observer.complete()
        } catch (error) {
          observer.error(error)
        }
      })
    })
  }

  push<N extends keyof Events>(name: N, data: Events[N]): void {
    this.#stream(name).next({ data })
  }

  complete(name: keyof Events): void {
    this.#stream(name).complete()
  }

  #stream(name: string): Subject<ApolloLink.Result> {
    const known = this.#streams.get(name) ?? new Subject<ApolloLink.Result>()
    this.#streams.set(name, known)
    return known
  }
}
