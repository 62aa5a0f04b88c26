import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Microphone } from '../../../web/realtime/microphone.ts'
import { createMemoryOutbox } from '../../../web/realtime/memory-outbox.ts'
import type { Outbox } from '../../../web/realtime/outbox.ts'
import type { RecorderEvents } from '../../../web/realtime/recorder.ts'
import { TaskRunner, type TaskRunnerOptions } from '../../../web/realtime/task-runner.ts'

const task = { id: 'TestTask:2', index: 2, prepareSeconds: 5, speakSeconds: 30 }
const bytes = (...content: number[]): ArrayBuffer => new Uint8Array(content).buffer

/** A microphone that is as loud as the test says, a recorder that hands over a slice whenever the test says so. */
function createSound() {
  const sound = { level: 0.6, events: null as RecorderEvents | null, lose: (): void => undefined, slices: 0 }
  const microphone: Microphone = {
    stream: {} as MediaStream,
    track: {} as MediaStreamTrack,
    hasVoice: true,
    deviceId: 'd',
    label: 'Mic',
    setMuted: () => undefined,
    onLost(listener) {
      sound.lose = listener
      return () => (sound.lose = () => undefined)
    },
    close: () => undefined,
  }
  const context = { resume: async () => undefined } as AudioContext
  const options = {
    getSound: () => ({ context, microphone }),
    record: async (_context: unknown, _stream: unknown, events: RecorderEvents) => {
      sound.events = events
      sound.slices = 0
      const nothing = (): void => undefined
      return {
        mimeType: 'audio/webm',
        startedAtMs: performance.now(),
        setLearner: nothing,
        setPartner: nothing,
        stop: async () => undefined,
      }
    },
    createMeter: () => ({ read: () => sound.level, close: () => undefined }),
  } satisfies Partial<TaskRunnerOptions>
  const hear = async (...content: number[]): Promise<void> => {
    await sound.events?.onSlice(bytes(...content), sound.slices)
    sound.slices += 1
  }
  return { sound, options, hear }
}

let outbox: Outbox
let onSent: ReturnType<typeof vi.fn<() => void>>

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  outbox = createMemoryOutbox()
  onSent = vi.fn<() => void>()
  const test = { sessionId: 's', viewerId: 'v', title: 'T', startedAtMs: 0, updatedAtMs: 0, isEndSent: false }
  await outbox.putSession({ ...test, isTest: true })
})
afterEach(() => vi.useRealTimers())

const createRunner = (change: Partial<TaskRunnerOptions>): TaskRunner =>
  new TaskRunner({ sessionId: 's', task, outbox, onSent, getSound: () => null, ...change })

/** `vi.waitFor` would move the clock. */
const until = (runner: TaskRunner, phase: string): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (runner.get().run.phase === phase) resolve()
    }
    runner.subscribe(look)
    look()
  })

describe('running a task', () => {
  it('records when the time to prepare is over, and stops when the time to speak is', async () => {
    const runner = createRunner(createSound().options)
    runner.begin()
    vi.advanceTimersByTime(4_900)
    expect(runner.get().run.phase).toBe('preparing')
    vi.advanceTimersByTime(100)
    await until(runner, 'recording')
    vi.advanceTimersByTime(29_900)
    expect(runner.get().run.phase).toBe('recording')
    vi.advanceTimersByTime(100)
    await until(runner, 'review')
    expect(runner.get().run).toMatchObject({ answer: { durationMs: 30_000, isHeard: true, cause: 'time-up' } })
  })

  it('names no task where the session has none, as in a drill, and starts at once without time to prepare', async () => {
    const drill = { index: 1, prepareSeconds: 0, speakSeconds: 180 }
    const runner = createRunner({ ...createSound().options, task: drill })
    runner.begin()
    await until(runner, 'recording')
    const [part] = await outbox.listParts('s')
    expect(part).toMatchObject({ part: 1, isHeldBack: true })
    expect(part).not.toHaveProperty('taskId')
  })

  it('keeps every slice as it comes, and holds it back until it is handed in', async () => {
    const { options, hear } = createSound()
    const runner = createRunner(options)
    runner.begin()
    runner.ready()
    await until(runner, 'recording')
    await hear(1, 2)
    expect(await outbox.listParts('s')).toEqual([
      {
        sessionId: 's',
        part: 2,
        taskId: 'TestTask:2',
        mimeType: 'audio/webm',
        startMs: 0,
        durationMs: 1_000,
        isUploaded: false,
        isHeldBack: true,
      },
    ])
    expect(await outbox.listSlices('s', 2)).toHaveLength(1)
    vi.advanceTimersByTime(2_000)
    runner.stop()
    await until(runner, 'review')
    expect(onSent).not.toHaveBeenCalled()
    await runner.send()
    expect(onSent).toHaveBeenCalledOnce()
    expect(await outbox.listParts('s')).toMatchObject([{ isHeldBack: false, durationMs: 2_000 }])
  })

  it('forgets the former attempt when it is recorded again', async () => {
    const { options, hear } = createSound()
    const runner = createRunner(options)
    runner.begin()
    runner.ready()
    await until(runner, 'recording')
    for (const content of [1, 2, 3]) await hear(content)
    runner.stop()
    await until(runner, 'review')
    runner.again()
    await until(runner, 'recording')
    await hear(9)
    runner.stop()
    await until(runner, 'review')
    const slices = await outbox.listSlices('s', 2)
    expect(slices.map((slice) => [...new Uint8Array(slice)])).toEqual([[9]])
  })

  it('notices that nothing was heard', async () => {
    const { options, sound } = createSound()
    sound.level = 0.05
    const runner = createRunner(options)
    runner.begin()
    runner.ready()
    await until(runner, 'recording')
    vi.advanceTimersByTime(3_000)
    runner.stop()
    await until(runner, 'review')
    expect(runner.get().run).toMatchObject({ answer: { isHeard: false } })
  })

  it('stops when the microphone goes away, and keeps what was said', async () => {
    const { options, sound, hear } = createSound()
    const runner = createRunner(options)
    runner.begin()
    runner.ready()
    await until(runner, 'recording')
    await hear(1)
    sound.lose()
    await until(runner, 'review')
    expect(runner.get().run).toMatchObject({ answer: { cause: 'microphone-lost' } })
    expect(await outbox.listSlices('s', 2)).toHaveLength(1)
  })

  it('is found again by a later visit, as far as it had come', async () => {
    const { options, hear } = createSound()
    const left = createRunner(options)
    left.begin()
    left.ready()
    await until(left, 'recording')
    await hear(1)
    vi.advanceTimersByTime(1_500)
    left.close()
    await until(left, 'review')
    const later = createRunner(options)
    await later.findDraft()
    expect(later.get().run).toEqual({ phase: 'review', answer: { durationMs: 1_500, isHeard: null, cause: 'left' } })
  })

  it('says so and waits where nothing can be recorded', async () => {
    const runner = createRunner({})
    runner.begin()
    runner.ready()
    await until(runner, 'waiting')
    expect(runner.get().hasFailed).toBe(true)
  })
})
