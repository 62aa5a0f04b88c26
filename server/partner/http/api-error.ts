/** Refusals in the form of OpenAI's API: `{error: {type, code, message, param}}` with a status. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly param: string | null
  /** When to try again; null: the client is to choose. */
  readonly retryAfterSeconds: number | null

  constructor(
    status: number,
    code: string,
    message: string,
    param: string | null = null,
    retryAfterSeconds: number | null = null,
  ) {
    super(message)
    this.status = status
    this.code = code
    this.param = param
    this.retryAfterSeconds = retryAfterSeconds
  }

  toBody() {
    const type =
      this.status >= 500 ? 'server_error' : this.status === 429 ? 'rate_limit_error' : 'invalid_request_error'
    return { error: { message: this.message, type, param: this.param, code: this.code } }
  }
}
