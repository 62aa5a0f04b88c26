/* Generated from the schema by web/codegen-possible-types.ts: do not edit. */
export const possibleTypes: Record<string, string[]> = {
  AppendSegmentsResult: ['AppendSegmentsPayload', 'ForbiddenFault', 'InvalidInputFault', 'NotFoundFault', 'RateLimitedFault', 'SessionNotActiveFault', 'UnauthenticatedFault'],
  ChangePasswordResult: ['ChangePasswordPayload', 'ForbiddenFault', 'InvalidInputFault', 'RateLimitedFault', 'UnauthenticatedFault'],
  CompleteRecordingResult: ['CompleteRecordingPayload', 'ConflictFault', 'ForbiddenFault', 'NotFoundFault', 'RateLimitedFault', 'StorageFault', 'UnauthenticatedFault', 'UploadMismatchFault'],
  EndSessionResult: ['EndSessionPayload', 'ForbiddenFault', 'NotFoundFault', 'RateLimitedFault', 'UnauthenticatedFault'],
  Fault: ['ConflictFault', 'EntitlementFault', 'ForbiddenFault', 'InvalidInputFault', 'LimitFault', 'NotFoundFault', 'ProviderFault', 'RateLimitedFault', 'SessionNotActiveFault', 'StorageFault', 'UnauthenticatedFault', 'UploadMismatchFault'],
  KeepAliveResult: ['ForbiddenFault', 'KeepAlivePayload', 'NotFoundFault', 'RateLimitedFault', 'SessionNotActiveFault', 'UnauthenticatedFault'],
  MintClientSecretResult: ['ForbiddenFault', 'LimitFault', 'MintClientSecretPayload', 'NotFoundFault', 'ProviderFault', 'RateLimitedFault', 'SessionNotActiveFault', 'UnauthenticatedFault'],
  Node: ['Conversation', 'Recording', 'SessionEvent', 'Topic', 'Transcript', 'Viewer'],
  PresignRecordingResult: ['ConflictFault', 'ForbiddenFault', 'InvalidInputFault', 'NotFoundFault', 'PresignRecordingPayload', 'RateLimitedFault', 'StorageFault', 'UnauthenticatedFault'],
  ProvideLearnerTextResult: ['ConflictFault', 'ForbiddenFault', 'InvalidInputFault', 'NotFoundFault', 'ProvideLearnerTextPayload', 'RateLimitedFault', 'StorageFault', 'UnauthenticatedFault'],
  Session: ['Conversation'],
  SignInResult: ['RateLimitedFault', 'SignInPayload', 'UnauthenticatedFault'],
  SignUpResult: ['ConflictFault', 'InvalidInputFault', 'RateLimitedFault', 'SignUpPayload'],
  StartSessionResult: ['ConflictFault', 'EntitlementFault', 'ForbiddenFault', 'InvalidInputFault', 'LimitFault', 'NotFoundFault', 'ProviderFault', 'RateLimitedFault', 'StartSessionPayload', 'UnauthenticatedFault'],
  UpdateViewerResult: ['ForbiddenFault', 'InvalidInputFault', 'RateLimitedFault', 'UnauthenticatedFault', 'UpdateViewerPayload'],
}
