/** Writes down what is said in a recording, by the speech model, which hears one utterance after the other. */
import { Worker } from 'node:worker_threads'
import type { Stretch } from '../alignment/speech-stretches.ts'
import { AUDIO_RATE } from '../http/audio-form.ts'
import type { SpeechModel } from '../speech-model/speech-model.ts'

/** Times in seconds. */
export interface HeardUtterance {
  start: number
  end: number
  text: string
}

/** The model went away, or was not quick enough. */
export class ModelAwayError extends Error {}

/** Another recording is being written down. */
export class TranscriberBusyError extends Error {}

export interface Transcriber {
  /** The model's; null where none can be used. */
  readonly modelName: string | null
  /**
   * Utterances without words are left out. `samples` at 16 kHz. Throws ModelAwayError, TranscriberBusyError, and the reason of
   * `stopped` once that is aborted: the model is free again after the utterance that it is at.
   */
  transcribe(samples: Int16Array, stopped: AbortSignal): Promise<HeardUtterance[]>
  close(): Promise<void>
}

/** `model` null: none is installed. */
export function createTranscriber(model: Pick<SpeechModel, 'name' | 'recognise'> | null): Transcriber {
  const workers = new Set<Worker>()
  let isBusy = false
  return {
    get modelName() {
      return model?.name ?? null
    },
    async transcribe(samples, stopped) {
      if (!model) throw new ModelAwayError('There is no speech model')
      if (isBusy) throw new TranscriberBusyError('The transcriber is busy')
      isBusy = true
      try {
        return await hearAll(model, samples, await findUtterances(samples, workers), stopped)
      } finally {
        isBusy = false
      }
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

/** One by one, so that what a learner says in a call meanwhile waits for one of them at most. */
async function hearAll(
  model: Pick<SpeechModel, 'recognise'>,
  samples: Int16Array,
  utterances: readonly Stretch[],
  stopped: AbortSignal,
): Promise<HeardUtterance[]> {
  const heard: HeardUtterance[] = []
  for (const { from, to } of utterances) {
    stopped.throwIfAborted()
    const text = await model.recognise(samples.slice(from, to))
    if (text === null) throw new ModelAwayError('The speech model is away')
    if (text !== '') heard.push({ start: from / AUDIO_RATE, end: to / AUDIO_RATE, text })
  }
  return heard
}

async function findUtterances(samples: Int16Array, workers: Set<Worker>): Promise<Stretch[]> {
  const worker = new Worker(new URL('./utterances-worker.ts', import.meta.url), { workerData: samples })
  workers.add(worker)
  try {
    return await new Promise<Stretch[]>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The search for utterances ended without a word')))
    })
  } finally {
    workers.delete(worker)
    await worker.terminate()
  }
}
