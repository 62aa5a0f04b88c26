/** The partner's voice: sentences to sound, made on a thread of its own, with those made lately kept. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { toSpeakable } from './sentences.ts'
import type { VoiceReply, VoiceRequest } from './voice-worker.ts'

export type VoiceName = 'slt' | 'rms'

export interface Manner {
  voice: VoiceName
  /** Factor on the speaking rate. */
  speed: number
}

export interface Voice {
  /** Sound at the playout rate. Throws when the voice cannot speak. */
  say(sentence: string, manner: Manner): Promise<Int16Array>
  /** Makes sentences that will likely be wanted, when there is nothing more urgent. */
  prepare(sentences: readonly string[], manner: Manner): void
  close(): Promise<void>
}

/** Bytes of sound kept: about six minutes. */
const KEPT_BYTES = 16 * 1024 * 1024
/** Prepared sentences that wait: older wishes than these are dropped, and made when they are really wanted. */
const MOST_WAITING = 200

interface Job {
  request: VoiceRequest
  sound: PromiseWithResolvers<Int16Array>
  isUrgent: boolean
}

export function startVoice(): Voice {
  const folder = mkdtempSync(join(tmpdir(), 'parley-voice-'))
  const queue = startQueue(folder)
  const kept = new Map<string, Kept>()

  function request(sentence: string, manner: Manner, isUrgent: boolean): Job {
    const text = toSpeakable(sentence)
    const key = `${manner.voice} ${manner.speed} ${text}`
    const known = kept.get(key)
    if (known) {
      known.job.isUrgent ||= isUrgent
      kept.delete(key)
      kept.set(key, known)
      return known.job
    }
    const job = queue.add({ text, ...manner }, isUrgent)
    const entry = { job, bytes: 0 }
    kept.set(key, entry)
    job.sound.promise.then(
      (pcm) => {
        entry.bytes = pcm.byteLength
        forgetOldest(kept)
      },
      () => kept.delete(key),
    )
    return job
  }

  return {
    say: (sentence, manner) => request(sentence, manner, true).sound.promise,
    prepare(sentences, manner) {
      if (queue.length > MOST_WAITING) return
      for (const sentence of sentences) request(sentence, manner, false)
    },
    async close() {
      await queue.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Kept {
  job: Job
  bytes: number
}

/** The thread and what waits for it: one sentence at a time, urgent ones first; started anew when it dies. */
function startQueue(folder: string) {
  const waiting: Job[] = []
  let current: Job | null = null
  let isClosing = false
  let lastId = 0
  let worker = launch()

  function launch(): Worker {
    const started = new Worker(new URL('./voice-worker.ts', import.meta.url), {
      workerData: { folder },
      execArgv: ['--no-warnings'],
    })
    started.on('message', finish)
    started.on('error', () => {})
    started.on('exit', () => {
      if (isClosing) return
      worker = launch()
      if (current) finish({ id: current.request.id, fault: 'The voice has ended' })
    })
    return started
  }

  function finish(reply: VoiceReply) {
    const job = current
    if (!job || job.request.id !== reply.id) return
    current = null
    if ('pcm' in reply) job.sound.resolve(reply.pcm)
    else job.sound.reject(new Error(reply.fault))
    next()
  }

  function next() {
    if (current) return
    const urgent = waiting.findIndex((job) => job.isUrgent)
    current = waiting.splice(Math.max(0, urgent), 1)[0] ?? null
    if (current) worker.postMessage(current.request)
  }

  return {
    get length() {
      return waiting.length
    },
    add(request: Omit<VoiceRequest, 'id'>, isUrgent: boolean): Job {
      const job: Job = { request: { id: ++lastId, ...request }, sound: Promise.withResolvers(), isUrgent }
      waiting.push(job)
      next()
      return job
    },
    async close() {
      isClosing = true
      await worker.terminate()
    },
  }
}

function forgetOldest(kept: Map<string, { bytes: number }>) {
  let bytes = [...kept.values()].reduce((sum, entry) => sum + entry.bytes, 0)
  for (const [key, entry] of kept) {
    if (bytes <= KEPT_BYTES) return
    if (entry.bytes === 0) continue
    bytes -= entry.bytes
    kept.delete(key)
  }
}
