/** One task of a speaking test from its start to its answer handed in: pure, so that every way through it can be tested. */

export type TaskRun =
  | { phase: 'waiting' }
  | { phase: 'preparing'; endsAtMs: number }
  /** The recorder is being started. */
  | { phase: 'starting' }
  | { phase: 'recording'; startedAtMs: number; endsAtMs: number }
  | { phase: 'stopping'; cause: StopCause }
  | { phase: 'review'; answer: RecordedAnswer }
  | { phase: 'sent' }

export type StopCause = 'learner' | 'time-up' | 'microphone-lost' | 'left'

/** What was recorded and not handed in yet. */
export interface RecordedAnswer {
  durationMs: number
  /** Null where nobody listened: it was recorded at an earlier visit. */
  isHeard: boolean | null
  cause: StopCause
}

export type TaskEvent =
  | { type: 'begin' | 'ready' | 'tick' | 'recording' | 'again' | 'send' | 'failed' }
  | { type: 'stop'; cause: StopCause }
  | { type: 'recorded'; answer: RecordedAnswer }

export interface TaskTimes {
  prepareSeconds: number
  speakSeconds: number
}

/** What does not fit the phase changes nothing: a press may cross the end of the time. */
export function stepTask(run: TaskRun, event: TaskEvent, times: TaskTimes, atMs: number): TaskRun {
  switch (event.type) {
    case 'begin':
      if (run.phase !== 'waiting') return run
      return times.prepareSeconds > 0
        ? { phase: 'preparing', endsAtMs: atMs + times.prepareSeconds * 1_000 }
        : { phase: 'starting' }
    case 'ready':
      return run.phase === 'preparing' ? { phase: 'starting' } : run
    case 'tick':
      return passTime(run, atMs)
    case 'recording':
      if (run.phase !== 'starting') return run
      return { phase: 'recording', startedAtMs: atMs, endsAtMs: atMs + times.speakSeconds * 1_000 }
    case 'stop':
      return run.phase === 'recording' ? { phase: 'stopping', cause: event.cause } : run
    case 'recorded':
      // An answer that an earlier visit left behind is found while the task waits.
      return run.phase === 'stopping' || run.phase === 'waiting' ? { phase: 'review', answer: event.answer } : run
    case 'again':
      return run.phase === 'review' ? { phase: 'starting' } : run
    case 'send':
      return run.phase === 'review' ? { phase: 'sent' } : run
    case 'failed':
      return run.phase === 'sent' ? run : { phase: 'waiting' }
  }
}

function passTime(run: TaskRun, atMs: number): TaskRun {
  if (run.phase === 'preparing' && atMs >= run.endsAtMs) return { phase: 'starting' }
  if (run.phase === 'recording' && atMs >= run.endsAtMs) return { phase: 'stopping', cause: 'time-up' }
  return run
}
