/** Every refusal of the API in words for a learner, in one place. */
import type { FaultPartsFragment } from '../gql/documents.ts'

/** What a form can show: one sentence, and a sentence per field where the server named one. */
export interface FaultText {
  message: string
  fields: Record<string, string>
}

/** True for the member of a result union that says why nothing was done. */
export function isFault(result: { __typename: string } | FaultPartsFragment): result is FaultPartsFragment {
  return 'code' in result && 'message' in result
}

export function describeFault(fault: FaultPartsFragment): FaultText {
  const fields = fault.__typename === 'InvalidInputFault' ? toFields(fault.issues) : {}
  return { message: toMessage(fault), fields }
}

/** For what never became an answer: no network, a server that is down, an error of ours. */
export function describeError(_error: unknown): string {
  return typeof navigator !== 'undefined' && !navigator.onLine
    ? 'You are offline. Check your connection and try again.'
    : 'We could not reach the server. Try again in a moment.'
}

function toMessage(fault: FaultPartsFragment): string {
  switch (fault.__typename) {
    case 'RateLimitedFault':
      return `That was too often in a short time. Try again ${inSeconds(fault.retryAfterSeconds)}.`
    case 'LimitFault':
      return fault.resetsAt ? `${fault.message} You can go on from ${toDay(fault.resetsAt)}.` : fault.message
    case 'EntitlementFault':
      return 'Your account does not include this yet. Ask the administrator of this installation.'
    case 'ProviderFault':
      return fault.retryable
        ? 'The practice partner does not answer right now. Try again in a moment: nothing of yours is lost.'
        : 'The practice partner refused the call. The administrator of this installation needs to look at its settings.'
    case 'StorageFault':
      return 'The server could not store the recording right now. It is kept on this device until it can.'
    case 'UploadMismatchFault':
      return 'The recording did not arrive as it was sent. It is kept on this device: try again.'
    case 'SessionNotActiveFault':
      return 'This session is already over.'
    case 'NotFoundFault':
      return 'We could not find that. It may have been removed.'
    case 'InvalidInputFault':
      return fault.issues.length > 0 ? 'Please check what is marked below.' : fault.message
    default:
      return fault.message
  }
}

function toFields(issues: readonly { path: readonly string[]; message: string }[]): Record<string, string> {
  return Object.fromEntries(issues.map((issue) => [issue.path.at(-1) ?? '', issue.message]))
}

function inSeconds(seconds: number): string {
  if (seconds < 60) return `in ${Math.max(1, Math.ceil(seconds))} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
}

function toDay(time: string): string {
  return new Date(time).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
}
