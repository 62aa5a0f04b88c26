/** The thread of listening: of each call a detector of voices and what was played to it, each window answered in its turn. */
import { parentPort, workerData } from 'node:worker_threads'
import { takePriority } from '../thread-priority.ts'
import { HeardVoice } from './heard-voice.ts'
import { createVoiceActivityPool } from './voice-activity.ts'

export type VoiceQuestion =
  | { type: 'take'; id: number; threshold: number }
  /** `played`: each frame that went out since the last window; null is silence. */
  | { type: 'judge'; id: number; window: Float32Array; played: (Int16Array | null)[] }
  | { type: 'release'; id: number }
export type VoiceJudgement = 'ready' | { id: number; isVoiced: boolean }

const { spare } = workerData as { spare: number }
const pool = createVoiceActivityPool(spare)
const calls = new Map<number, HeardVoice>()

takePriority('LISTENING')
parentPort?.on('message', (question: VoiceQuestion) => {
  const { id } = question
  switch (question.type) {
    case 'take':
      calls.set(id, new HeardVoice(pool.take(question.threshold)))
      return
    case 'judge':
      return answer({ id, isVoiced: calls.get(id)?.isIn(question.window, question.played) ?? false })
    case 'release':
      calls.get(id)?.release()
      calls.delete(id)
  }
})
answer('ready')

function answer(judgement: VoiceJudgement) {
  parentPort?.postMessage(judgement)
}
