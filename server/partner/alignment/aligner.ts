/** Finds the words of a known text in a recording: a thread for each, one at a time, for it takes a core and 250 MB. */
import { Worker } from 'node:worker_threads'
import type { AlignmentFault, AlignmentRequest, AlignmentResult } from './alignment-worker.ts'
import type { TimedWord } from './text-words.ts'

/** The text could not be found in the sound. */
export class NotAlignedError extends Error {
  readonly fault: AlignmentFault
  constructor(fault: AlignmentFault) {
    super(MESSAGES[fault])
    this.name = 'NotAlignedError'
    this.fault = fault
  }
}

/** Others are waiting already. */
export class AlignerBusyError extends Error {}

export interface Aligner {
  /** `samples` at 16 kHz. Throws NotAlignedError, AlignerBusyError. */
  align(request: AlignmentRequest): Promise<TimedWord[]>
  close(): Promise<void>
}

const MESSAGES: Record<AlignmentFault, string> = {
  no_speech: 'There is no speech in the audio.',
  no_words: 'There are no words in the text that could be looked for.',
  too_many_words: 'The text has more words than could be said in this audio.',
  not_found: 'The text could not be found in the audio.',
}
const MOST_WAITING = 4
const PATIENCE_MS = 240_000

export function createAligner(): Aligner {
  const workers = new Set<Worker>()
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async align(request) {
      if (waiting >= MOST_WAITING) throw new AlignerBusyError('The aligner is busy')
      waiting += 1
      const aligned = last.then(() => alignOnThread(request, workers))
      last = aligned.catch(() => {})
      try {
        return await aligned
      } finally {
        waiting -= 1
      }
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

async function alignOnThread(request: AlignmentRequest, workers: Set<Worker>): Promise<TimedWord[]> {
  const worker = new Worker(new URL('./alignment-worker.ts', import.meta.url), { workerData: request })
  workers.add(worker)
  const late = setTimeout(() => void worker.terminate(), PATIENCE_MS)
  try {
    const result = await new Promise<AlignmentResult>((resolve) => {
      worker.once('message', resolve)
      worker.once('error', () => resolve({ fault: 'not_found' }))
      worker.once('exit', () => resolve({ fault: 'not_found' }))
    })
    if ('fault' in result) throw new NotAlignedError(result.fault)
    return result.words
  } finally {
    clearTimeout(late)
    workers.delete(worker)
    await worker.terminate()
  }
}
