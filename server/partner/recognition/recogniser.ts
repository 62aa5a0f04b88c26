/** Finds which of a few sentences the learner said, on a thread of its own. Rejects what is none of them. */
import { Worker } from 'node:worker_threads'
import type { RecognitionReply, RecognitionRequest } from './recognition-worker.ts'

export interface Recogniser {
  /** The index of the sentence; null when it was none of them, or could not be judged in time. Never throws. */
  choose(utterance: Int16Array, sentences: readonly string[]): Promise<number | null>
  close(): Promise<void>
}

const ANSWER_LIMIT_MS = 15_000

export function startRecogniser(): Recogniser {
  const asked = new Map<number, (choice: number | null) => void>()
  let isClosing = false
  let lastId = 0
  let worker = launch()

  function launch(): Worker {
    const started = new Worker(new URL('./recognition-worker.ts', import.meta.url))
    started.on('message', (reply: RecognitionReply) => asked.get(reply.id)?.('choice' in reply ? reply.choice : null))
    started.on('error', () => {})
    started.on('exit', () => {
      for (const answer of asked.values()) answer(null)
      if (!isClosing) worker = launch()
    })
    return started
  }

  return {
    choose(utterance, sentences) {
      if (sentences.length === 0 || utterance.length === 0) return Promise.resolve(null)
      const id = ++lastId
      const answered = Promise.withResolvers<number | null>()
      const late = setTimeout(() => answered.resolve(null), ANSWER_LIMIT_MS)
      asked.set(id, (choice) => {
        clearTimeout(late)
        answered.resolve(choice)
      })
      worker.postMessage({ id, utterance, sentences } satisfies RecognitionRequest)
      return answered.promise.finally(() => asked.delete(id))
    },
    async close() {
      isClosing = true
      await worker.terminate()
    },
  }
}
