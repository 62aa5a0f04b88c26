/** Which job is done by which use case. */
import type { TaskList } from 'graphile-worker'
import type { Services } from '../services/index.ts'
import { evaluateSession } from './tasks/evaluate-session.ts'
import { exportData } from './tasks/export-data.ts'
import { finalizeTranscript } from './tasks/finalize-transcript.ts'
import { finishDeletion } from './tasks/finish-deletion.ts'
import { measureRecording } from './tasks/measure-recording.ts'
import { transcribeRecording } from './tasks/transcribe-recording.ts'

export function toTaskList(services: Services): TaskList {
  return {
    'finalize-transcript': (payload) => finalizeTranscript(services, payload),
    'evaluate-session': (payload, { job }) =>
      evaluateSession(services, payload, { isLastTry: job.attempts >= job.max_attempts }),
    'transcribe-recording': (payload, { job }) =>
      transcribeRecording(services, payload, { isLastTry: job.attempts >= job.max_attempts }),
    'measure-recording': (payload) => measureRecording(services, payload),
    'export-data': (payload, { job }) => exportData(services, payload, { isLastTry: job.attempts >= job.max_attempts }),
    'finish-deletion': (payload) => finishDeletion(services, payload),
    'abandon-sessions': async () => {
      await services.abandonSessions()
      await services.hangUpSilentCalls()
      await services.followOpenCalls()
      await services.hangUpDeletedCalls()
    },
    'recover-lost-work': async () => {
      await services.finalizeOverdueTranscripts()
      await services.finishRecordings()
      await services.measureForgottenRecordings()
      await services.settleForgottenTranscriptions()
      await services.finishForgottenDeletions()
    },
    'sweep-store': async () => {
      await services.sweepSecrets()
      await services.sweepExports()
      await services.sweepRecordings()
    },
    'prune-recordings': async () => void (await services.pruneRecordings()),
  }
}
