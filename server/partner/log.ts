/** Log lines as JSON on stderr. Never speech, transcript text, secrets or session descriptions: say what happened, not what was said. */
export type LogFields = Record<string, string | number | boolean | null>

export interface Log {
  info(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}

export function createLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const log = (level: 'info' | 'error', event: string, fields: LogFields = {}) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`)
  return {
    info: (event, fields) => log('info', event, fields),
    error: (event, fields) => log('error', event, fields),
  }
}
