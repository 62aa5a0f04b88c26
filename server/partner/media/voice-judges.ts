/**
 * Whether the learner's voice is heard, judged on a thread of its own: the model, the search for echoes and most of all a new
 * detector would make the sound of all other calls wait.
 */
import { Worker } from 'node:worker_threads'
import type { VoiceJudgement, VoiceQuestion } from './voice-judges-worker.ts'

/** Tells a voice from silence, and from the partner's own come back, in the sound of one call. */
export interface VoiceJudge {
  /** Calls `judged` later, window by window in their order. `played`: each frame that went out since the last; null is silence. */
  judge(window: Float32Array, played: (Int16Array | null)[], judged: (isVoiced: boolean) => void): void
  /** Calls `done` when all windows so far are judged: at once where none is waiting. */
  afterJudged(done: () => void): void
  /** What is not judged yet never is. */
  release(): void
}

export interface VoiceJudges {
  take(threshold: number): VoiceJudge
}

interface Waiting {
  judged: (isVoiced: boolean) => void
  after: (() => void)[]
}

/** Resolves when `spare` detectors are ready. An error of the thread is thrown where nobody catches it: without ears no call goes on. */
export async function startVoiceJudges(spare: number): Promise<VoiceJudges> {
  const worker = new Worker(new URL('./voice-judges-worker.ts', import.meta.url), { workerData: { spare } })
  const calls = new Map<number, Waiting[]>()
  const ask = (question: VoiceQuestion) => worker.postMessage(question)
  let lastId = 0
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  worker.on('message', (judgement: VoiceJudgement) => {
    if (judgement === 'ready') return resolve()
    const window = calls.get(judgement.id)?.shift()
    window?.judged(judgement.isVoiced)
    for (const done of window?.after ?? []) done()
  })
  await ready
  // It must not keep a process alive whose main process went while this one was still starting.
  worker.unref()
  return {
    take(threshold) {
      const id = ++lastId
      const waiting: Waiting[] = []
      calls.set(id, waiting)
      ask({ type: 'take', id, threshold })
      return {
        judge(window, played, judged) {
          waiting.push({ judged, after: [] })
          ask({ type: 'judge', id, window, played })
        },
        afterJudged(done) {
          const last = waiting.at(-1)
          if (last) last.after.push(done)
          else done()
        },
        release() {
          calls.delete(id)
          ask({ type: 'release', id })
        },
      }
    },
  }
}
