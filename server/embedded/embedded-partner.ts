/** The built-in practice partner: a process of its own that speaks the provider's protocol, with a new key at each start. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Logger } from 'pino'
import { type KeptProcess, keepAlive } from './keep-alive.ts'
import { stopProcess } from './leftover-process.ts'

export interface EmbeddedPartnerOptions {
  /** 0: any free port, kept when the partner is started again. */
  port: number
  iceAddresses: string[]
  /** Null: as many as this machine can pace. */
  mostCalls: number | null
  speechModelDirectory: string | null
  logLevel: string
}

export interface EmbeddedPartner {
  baseUrl: string
  apiKey: string
  /** Of the first process; it changes when the partner had to be started again. */
  pid: number
  stop(): Promise<void>
}

interface PartnerProcess extends KeptProcess {
  port: number
}

const entry = path.join(import.meta.dirname, '../partner/main.ts')
const startTimeoutMs = 60_000

/** Starts the partner and keeps it running. Rejects with its last words when it does not come up the first time. */
export async function startEmbeddedPartner(options: EmbeddedPartnerOptions, log: Logger): Promise<EmbeddedPartner> {
  const apiKey = `sk-parley-${randomBytes(32).toString('base64url')}`
  const kept = await keepAlive('partner', log, (first: PartnerProcess | null) =>
    launch({ ...options, port: first?.port ?? options.port }, apiKey, log),
  )
  return {
    baseUrl: `http://127.0.0.1:${kept.first.port}/v1`,
    apiKey,
    pid: kept.first.pid,
    stop: () => kept.stop(),
  }
}

async function launch(options: EmbeddedPartnerOptions, apiKey: string, log: Logger): Promise<PartnerProcess> {
  const compiled = getCompileCacheDir()
  // Nothing of our own environment: it may hold keys that the partner has no use for.
  const child = spawn(process.execPath, [entry], {
    env: {
      PARTNER_HOST: '127.0.0.1',
      PARTNER_PORT: String(options.port),
      PARTNER_API_KEY: apiKey,
      PARTNER_ICE_ADDRESSES: options.iceAddresses.join(','),
      LOG_LEVEL: options.logLevel,
      ...(compiled === undefined ? {} : { NODE_COMPILE_CACHE: path.dirname(compiled) }),
      ...(options.mostCalls === null ? {} : { PARTNER_MOST_CALLS: String(options.mostCalls) }),
      ...(options.speechModelDirectory === null ? {} : { PARLEY_SPEECH_MODEL_DIR: options.speechModelDirectory }),
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A session of its own, so that Ctrl-C in the terminal reaches only us: we stop it, and it stops when we are gone.
    detached: true,
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const lastLines = followOutput(child, log)
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined) await stopProcess(child.pid, ['SIGTERM', 'SIGKILL'], 2_500)
    await ended
  }
  try {
    const port = await whenListening(child, lastLines)
    return { port, pid: child.pid ?? 0, ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function followOutput(child: ChildProcess, log: Logger): string[] {
  const lastLines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line)
      if (lastLines.length > 12) lastLines.shift()
      // Its faults are for whoever runs the installation, such as a speech model that cannot be used.
      log[line.includes('"level":"error"') ? 'error' : 'debug']({ part: 'partner' }, line)
    })
  }
  return lastLines
}

async function whenListening(child: ChildProcess, lastLines: string[]): Promise<number> {
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<number>((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`The practice partner ${why}\n${lastLines.join('\n')}`))
      timer = setTimeout(() => fail(`did not come up in ${startTimeoutMs / 1_000} s`), startTimeoutMs)
      child.once('error', (error) => fail(`could not be started: ${error.message}`))
      child.once('close', (code, signal) => fail(`ended while starting (${code ?? signal})`))
      child.on('message', (message) => {
        const port = toListeningPort(message)
        if (port !== null) resolve(port)
      })
    })
  } finally {
    clearTimeout(timer)
  }
}

function toListeningPort(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('event' in message) || !('port' in message)) return null
  return message.event === 'listening' && typeof message.port === 'number' ? message.port : null
}
