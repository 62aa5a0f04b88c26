import { describe, expect, it } from 'vitest'
import { stepTask, type TaskEvent, type TaskRun } from '../../../web/realtime/task-run.ts'

const times = { prepareSeconds: 5, speakSeconds: 30 }
const answer = { durationMs: 4_000, isHeard: true, cause: 'learner' as const }
const waiting: TaskRun = { phase: 'waiting' }
const preparing: TaskRun = { phase: 'preparing', endsAtMs: 5_000 }
const recording: TaskRun = { phase: 'recording', startedAtMs: 0, endsAtMs: 30_000 }
const review: TaskRun = { phase: 'review', answer }

const every: TaskRun[] = [
  waiting,
  preparing,
  { phase: 'starting' },
  recording,
  { phase: 'stopping', cause: 'learner' },
  review,
  { phase: 'sent' },
]
const step = (run: TaskRun, event: TaskEvent, atMs = 0, given = times): TaskRun => stepTask(run, event, given, atMs)

describe('a task of a speaking test', () => {
  it('goes from the question by preparation and recording to an answer that is handed in', () => {
    let run = step(waiting, { type: 'begin' }, 1_000)
    expect(run).toEqual({ phase: 'preparing', endsAtMs: 6_000 })
    run = step(run, { type: 'ready' }, 2_000)
    expect(run).toEqual({ phase: 'starting' })
    run = step(run, { type: 'recording' }, 2_500)
    expect(run).toEqual({ phase: 'recording', startedAtMs: 2_500, endsAtMs: 32_500 })
    run = step(run, { type: 'stop', cause: 'learner' }, 6_500)
    run = step(run, { type: 'recorded', answer })
    expect(run).toEqual(review)
    expect(step(run, { type: 'send' })).toEqual({ phase: 'sent' })
  })

  it('records by itself when the time to prepare is over, and not a moment before', () => {
    expect(step(preparing, { type: 'tick' }, 4_999)).toBe(preparing)
    expect(step(preparing, { type: 'tick' }, 5_000)).toEqual({ phase: 'starting' })
  })

  it('records at once where there is no time to prepare', () => {
    expect(step(waiting, { type: 'begin' }, 0, { ...times, prepareSeconds: 0 })).toEqual({ phase: 'starting' })
  })

  it('stops by itself when the time to speak is over, and not a moment before', () => {
    expect(step(recording, { type: 'tick' }, 29_999)).toBe(recording)
    expect(step(recording, { type: 'tick' }, 30_000)).toEqual({ phase: 'stopping', cause: 'time-up' })
  })

  it('is recorded again without preparing again, for the whole time', () => {
    const again = step(review, { type: 'again' })
    expect(step(again, { type: 'recording' }, 9_000)).toEqual({
      phase: 'recording',
      startedAtMs: 9_000,
      endsAtMs: 39_000,
    })
  })

  it('waits again when the recording could not be started', () => {
    expect(step({ phase: 'starting' }, { type: 'failed' })).toEqual(waiting)
  })

  it('takes up what an earlier visit recorded', () => {
    expect(step(waiting, { type: 'recorded', answer })).toEqual(review)
  })

  it.each([
    ['begin', ['waiting']],
    ['ready', ['preparing']],
    ['recording', ['starting']],
    ['again', ['review']],
    ['send', ['review']],
  ] as const)('knows "%s" only in its own phase: a press may come too late', (type, phases) => {
    const moved = every.filter((run) => step(run, { type }, 1) !== run).map(({ phase }) => phase)
    expect(moved).toEqual(phases)
  })

  it('stays handed in, whatever happens', () => {
    const sent: TaskRun = { phase: 'sent' }
    const events: TaskEvent[] = [
      { type: 'again' },
      { type: 'failed' },
      { type: 'tick' },
      { type: 'stop', cause: 'left' },
      { type: 'recorded', answer },
    ]
    for (const event of events) expect(step(sent, event, 99_999)).toBe(sent)
  })
})
