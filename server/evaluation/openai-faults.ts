/** Why a language model gave no result. Only fixed sentences: what a provider answers may repeat what the learner said. */
import {
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai'
import { UnscorableError } from './evaluator.ts'

const requestTimeoutStatus = 408

/** What a model is asked about, as a learner knows it. */
export type Judged = 'session' | 'answer'

const isSafe: Record<Judged, string> = {
  session: 'Your recording and transcript are safe; your next session may be judged.',
  answer: 'Your answer is safe; your next one may be judged.',
}

export function refused(judged: Judged): UnscorableError {
  const message = `The language model declined to judge this ${judged}. ${isSafe[judged]}`
  return new UnscorableError('SCORER_REFUSED', message, false)
}

/** A filter stops the same text again; an answer that ran too long may be shorter the next time. */
export function incomplete(reason: string | undefined, judged: Judged): UnscorableError {
  return reason === 'content_filter'
    ? new UnscorableError(
        'SCORER_INCOMPLETE',
        `The language model's content filter stopped what it wrote. ${isSafe[judged]}`,
        false,
      )
    : new UnscorableError(
        'SCORER_INCOMPLETE',
        'What the language model wrote broke off. Ask for the evaluation again.',
        true,
      )
}

export function invalid(): UnscorableError {
  return new UnscorableError(
    'SCORER_INVALID',
    'What the language model wrote cannot be used. Ask for the evaluation again.',
    true,
  )
}

export function failed(code: string | undefined, judged: Judged): UnscorableError {
  const isPassing = code === undefined || code === 'server_error' || code === 'rate_limit_exceeded'
  return isPassing ? unavailable('has a fault of its own. Ask again in a minute.', true) : refused(judged)
}

/** Of what the SDK throws after its own tries. */
export function toUnscorable(error: unknown): UnscorableError {
  if (error instanceof UnscorableError) return error
  if (error instanceof SyntaxError) return invalid()
  if (error instanceof APIConnectionTimeoutError)
    return unavailable('did not answer in time. Ask again in a minute.', true)
  if (error instanceof RateLimitError) {
    return error.code === 'insufficient_quota'
      ? unavailable('has used up its quota. An administrator has to raise it.', false)
      : unavailable('is busy. Ask again in a minute.', true)
  }
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError)
    return unavailable("refused this installation's key. An administrator has to check it.", false)
  if (error instanceof NotFoundError)
    return unavailable('or its model was not found. An administrator has to check the address and the name.', false)
  if (error instanceof InternalServerError) return unavailable('has a fault of its own. Ask again in a minute.', true)
  if (error instanceof ConflictError || (error instanceof APIError && error.status === requestTimeoutStatus))
    return unavailable('could not take the request just now. Ask again in a minute.', true)
  if (error instanceof APIError && error.status !== undefined)
    return unavailable('refused the request. An administrator should check its settings.', false)
  return unavailable('cannot be reached. Ask again in a minute.', true)
}

function unavailable(what: string, isRetryable: boolean): UnscorableError {
  return new UnscorableError('SCORER_UNAVAILABLE', `The language model's service ${what}`, isRetryable)
}
