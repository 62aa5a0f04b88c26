/** Turns a stored recording into sound, on a thread of its own, one recording at a time: a long one takes 60 MB. */
import { Worker } from 'node:worker_threads'
import type { DecodingResult, DecodingTask, MeasuredSound, Samples, UndecodableReason } from './decoding-worker.ts'

export type { MeasuredSound, UndecodableReason }

/** Both sides of a recording, 16 kHz. */
export interface DecodedRecording {
  /** The learner. */
  left: Int16Array
  /** The partner; the same as `left` in a recording of one channel. */
  right: Int16Array
}

/** A recording that cannot be turned into sound. */
export class UndecodableRecordingError extends Error {
  override name = 'UndecodableRecordingError'
  readonly reason: UndecodableReason
  constructor(reason: UndecodableReason, message: string) {
    super(message)
    this.reason = reason
  }
}

/** It ended without a word: closed, out of time, or out of memory. */
export class DecoderEndedError extends Error {
  override name = 'DecoderEndedError'
  constructor() {
    super('The decoder gave up on this recording.')
  }
}

/** Takes whole files as browsers record them, and rejects with UndecodableRecordingError. */
export interface RecordingDecoder {
  decode(file: NodeJS.ReadableStream): Promise<DecodedRecording>
  /** The learner's side as numbers; its samples never leave the thread. Rejects with DecoderEndedError where a new try may succeed. */
  measure(file: NodeJS.ReadableStream): Promise<MeasuredSound>
  /** Gives up what is being decoded. */
  close(): Promise<void>
}

/** Samples a second of what is decoded. */
export const decodedSampleRate = 16_000

/** As much as a recording may be. */
const mostBytes = 64 * 1024 * 1024
const patienceMs = 120_000

export function createRecordingDecoder(): RecordingDecoder {
  const workers = new Set<Worker>()
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => undefined)
    return done
  }
  const run = async <Wanted extends Samples | MeasuredSound>(
    stream: NodeJS.ReadableStream,
    wanted: DecodingTask['wanted'],
  ): Promise<Wanted> => (await runOnThread({ file: await readAll(stream), wanted }, workers)) as Wanted
  return {
    decode: (stream) =>
      inTurn(() =>
        run<Samples>(stream, 'samples').catch((error: unknown) => {
          if (!(error instanceof DecoderEndedError)) throw error
          throw new UndecodableRecordingError('damaged', error.message)
        }),
      ),
    measure: (stream) => inTurn(() => run<MeasuredSound>(stream, 'measurement')),
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

async function readAll(file: NodeJS.ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of file) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > mostBytes) throw new UndecodableRecordingError('too-large', 'The recording is larger than 64 MiB.')
    chunks.push(bytes)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** A thread a recording: what a broken file does to the decoder's memory ends with it. */
async function runOnThread(task: DecodingTask, workers: Set<Worker>): Promise<Samples | MeasuredSound> {
  const worker = new Worker(new URL('./decoding-worker.ts', import.meta.url), {
    workerData: task,
    transferList: [task.file.buffer],
  })
  workers.add(worker)
  const late = setTimeout(() => void worker.terminate(), patienceMs)
  try {
    const result = await new Promise<DecodingResult>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', () => reject(new DecoderEndedError()))
      worker.once('exit', () => reject(new DecoderEndedError()))
    })
    if ('reason' in result) throw new UndecodableRecordingError(result.reason, result.message)
    return result
  } finally {
    clearTimeout(late)
    workers.delete(worker)
    await worker.terminate()
  }
}
