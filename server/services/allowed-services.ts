/** The use cases that an access token opens. One that is not listed here asks for a sign-in by cookie. */
import { assertMay, type Need } from '../auth/access.ts'
import type { TokenScope } from '../domain/token-scope.ts'
import type { Services } from './index.ts'

const needs: { readonly [Name in keyof Services]?: Need } = {
  canTranscribe: 'ANYONE',
  findPublishedSession: 'ANYONE',
  findTopic: 'ANYONE',
  getInstallation: 'ANYONE',
  listTopics: 'ANYONE',
  redeemPasswordReset: 'ANYONE',
  signIn: 'ANYONE',
  signOut: 'ANYONE',
  signUp: 'ANYONE',

  countHistory: 'HISTORY_READ',
  findActiveContentPack: 'HISTORY_READ',
  findContentPack: 'HISTORY_READ',
  findDrillDetails: 'HISTORY_READ',
  findEvaluations: 'HISTORY_READ',
  findPackFile: 'HISTORY_READ',
  findPreviousAttempts: 'HISTORY_READ',
  findPreviousDrillResults: 'HISTORY_READ',
  findQuestion: 'HISTORY_READ',
  findRecording: 'HISTORY_READ',
  findSession: 'HISTORY_READ',
  findSessionEvent: 'HISTORY_READ',
  findTestTask: 'HISTORY_READ',
  followHistory: 'HISTORY_READ',
  followSession: 'HISTORY_READ',
  followTranscript: 'HISTORY_READ',
  getPackRights: 'HISTORY_READ',
  getProgress: 'HISTORY_READ',
  getUsage: 'HISTORY_READ',
  getViewer: 'HISTORY_READ',
  listContentPacks: 'HISTORY_READ',
  listDrillQuestions: 'HISTORY_READ',
  listHistory: 'HISTORY_READ',
  listPackQuestions: 'HISTORY_READ',
  listPeaks: 'HISTORY_READ',
  listRecordings: 'HISTORY_READ',
  listSegments: 'HISTORY_READ',
  listSessionEvents: 'HISTORY_READ',
  listTaskMetrics: 'HISTORY_READ',
  listTaskSegments: 'HISTORY_READ',
  listTestTasks: 'HISTORY_READ',
  presignPlayback: 'HISTORY_READ',

  appendSegments: 'SESSIONS_WRITE',
  completeRecording: 'SESSIONS_WRITE',
  endSession: 'SESSIONS_WRITE',
  keepAlive: 'SESSIONS_WRITE',
  mintClientSecret: 'SESSIONS_WRITE',
  presignRecording: 'SESSIONS_WRITE',
  provideLearnerText: 'SESSIONS_WRITE',
  requestEvaluation: 'SESSIONS_WRITE',
  retryRecording: 'SESSIONS_WRITE',
  startDrill: 'SESSIONS_WRITE',
  startSession: 'SESSIONS_WRITE',
  startSpeakingTest: 'SESSIONS_WRITE',
  submitDrillResponse: 'SESSIONS_WRITE',

  activateContentPack: 'PACKS_WRITE',
  archiveContentPack: 'PACKS_WRITE',
  uploadContentPack: 'PACKS_WRITE',
}

/**
 * The services as the bearer of a token with these scopes may use them: the others throw ForbiddenError. All of them for null,
 * a sign-in or nobody. What a use case does on the way is its own affair: only what is asked for is held against the scopes.
 */
export function allowServices(services: Services, scopes: readonly TokenScope[] | null): Services {
  if (scopes === null) return services
  return new Proxy(services, {
    get: (target, name: keyof Services) => {
      const useCase = target[name]
      if (typeof useCase !== 'function') return useCase
      return (...rest: unknown[]): unknown => {
        assertMay(scopes, needs[name] ?? 'SIGN_IN')
        return (useCase as (...rest: unknown[]) => unknown)(...rest)
      }
    },
  })
}
