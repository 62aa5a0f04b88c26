/** Every refusal of the API in words for a learner, in one place. */
import { adviseOn, type Fault, isFault } from '../../client/faults.ts'

export { isFault }

/** What a form can show: one sentence, and a sentence per field where the server named one. */
export interface FaultText {
  message: string
  fields: Record<string, string>
}

export function describeFault(fault: Fault): FaultText {
  const advice = adviseOn(fault)
  return { message: toMessage(fault), fields: advice.todo === 'correct' ? advice.fields : {} }
}

/** For what never became an answer: no network, a server that is down, an error of ours. */
export function describeError(_error: unknown): string {
  return typeof navigator !== 'undefined' && !navigator.onLine
    ? 'You are offline. Check your connection and try again.'
    : 'We could not reach the server. Try again in a moment.'
}

function toMessage(fault: Fault): string {
  switch (fault.code) {
    case 'RATE_LIMITED':
      return `That was too often in a short time. Try again ${inSeconds(fault.retryAfterSeconds ?? 60)}.`
    case 'LIMIT_EXCEEDED':
      return fault.resetsAt ? `${fault.message} You can go on from ${toDay(fault.resetsAt)}.` : fault.message
    case 'ENTITLEMENT_REQUIRED':
      return 'Your account does not include this yet. Ask the administrator of this installation.'
    case 'PROVIDER_UNAVAILABLE':
      return fault.retryable
        ? 'The practice partner does not answer right now. Try again in a moment: nothing of yours is lost.'
        : 'The practice partner refused the call. The administrator of this installation needs to look at its settings.'
    case 'STORAGE_UNAVAILABLE':
      return 'The server could not store the recording right now. It is kept on this device until it can.'
    case 'UPLOAD_MISMATCH':
      return 'The recording did not arrive as it was sent. It is kept on this device: try again.'
    case 'SESSION_NOT_ACTIVE':
      return 'This session is already over.'
    case 'NOT_FOUND':
      return 'We could not find that. It may have been removed.'
    case 'INVALID_INPUT':
      return fault.issues?.length ? 'Please check what is marked below.' : fault.message
    default:
      return fault.message
  }
}

function inSeconds(seconds: number): string {
  if (seconds < 60) return `in ${Math.max(1, Math.ceil(seconds))} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
}

function toDay(time: string): string {
  return new Date(time).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
}
