/** Finds which of a few wordings the learner said, on a thread of its own. Rejects what is none of them. */
import { Worker } from 'node:worker_threads'
import type { SpokenChoice, WordLists } from './grammar.ts'
import type { RecognitionReply, RecognitionRequest } from './recognition-worker.ts'

export interface Recognition {
  /** The index of the choice. */
  choice: number
  /** In lower case, without marks. */
  words: string
  /** What was said for each reference of the choice. */
  filled: Readonly<Record<string, string>>
}

export interface Recogniser {
  /**
   * What was said; null when it was none of the choices, or could not be judged in time. A choice with a word that the
   * recogniser does not know is left out. Never throws.
   */
  recognise(utterance: Int16Array, choices: readonly SpokenChoice[], lists?: WordLists): Promise<Recognition | null>
  close(): Promise<void>
}

const ANSWER_LIMIT_MS = 15_000

export function startRecogniser(): Recogniser {
  const asked = new Map<number, (said: Recognition | null) => void>()
  let isClosing = false
  let lastId = 0
  let worker = launch()

  function launch(): Worker {
    const started = new Worker(new URL('./recognition-worker.ts', import.meta.url))
    started.on('message', (reply: RecognitionReply) => asked.get(reply.id)?.('said' in reply ? reply.said : null))
    started.on('error', () => {})
    started.on('exit', () => {
      for (const answer of asked.values()) answer(null)
      if (!isClosing) worker = launch()
    })
    return started
  }

  return {
    recognise(utterance, choices, lists = {}) {
      if (choices.length === 0 || utterance.length === 0) return Promise.resolve(null)
      const id = ++lastId
      const answered = Promise.withResolvers<Recognition | null>()
      const late = setTimeout(() => answered.resolve(null), ANSWER_LIMIT_MS)
      asked.set(id, (said) => {
        clearTimeout(late)
        answered.resolve(said)
      })
      worker.postMessage({ id, utterance, choices, lists } satisfies RecognitionRequest)
      return answered.promise.finally(() => asked.delete(id))
    },
    async close() {
      isClosing = true
      await worker.terminate()
    },
  }
}
