/** Answers in the way a scenario wants them to be. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ScenarioAnswer } from '../session/scenario.ts'
import { ApiError } from './api-error.ts'

const REFUSALS = {
  401: { code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  429: { code: 'rate_limit_exceeded', message: 'Rate limit reached.' },
  500: { code: 'internal_error', message: 'The server had an error while processing your request.' },
}

/** True: the answer is to be garbage. `count` is the number of this request, from 1. Throws ApiError 401, 429, 500. */
export async function misbehave(order: ScenarioAnswer | undefined, count: number): Promise<boolean> {
  if (!order || count > (order.times ?? Infinity)) return false
  if (order.delayMs !== undefined) await delay(order.delayMs)
  if (order.status !== undefined) {
    const { code, message } = REFUSALS[order.status]
    throw new ApiError(order.status, code, message, null, order.retryAfterSeconds ?? null)
  }
  return order.isGarbage ?? false
}
