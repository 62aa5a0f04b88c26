/** Starts the real partner process on a free port, listening on loopback only. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const PARTNER_KEY = 'test-key-of-the-partner-0123456789'
const ENTRY = fileURLToPath(new URL('../../server/partner/main.ts', import.meta.url))

export interface RunningPartner {
  child: ChildProcess
  baseUrl: string
  /** Lines on stdout after the first. */
  stdout: string[]
  stderr: string[]
  /** Mints a secret for a guided talk; `session` is laid over the usual configuration. A scenario needs test mode. */
  mint(instructions: string, session?: Record<string, unknown>, scenario?: Record<string, unknown>): Promise<string>
  request(path: string, init?: RequestInit): Promise<Response>
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>
}

export const OFFER_REPLIES = {
  type: 'function',
  name: 'offer_replies',
  description: 'Offers the learner replies to read aloud.',
  parameters: {
    type: 'object',
    properties: {
      replies: {
        type: 'array',
        items: {
          type: 'object',
          properties: { id: { type: 'string' }, text: { type: 'string' } },
          required: ['id', 'text'],
        },
      },
    },
    required: ['replies'],
  },
}

export async function startPartnerProcess(environment: Record<string, string> = {}): Promise<RunningPartner> {
  const child = spawn(process.execPath, [ENTRY], {
    env: {
      PATH: process.env['PATH'],
      PARTNER_API_KEY: PARTNER_KEY,
      PARTNER_ICE_ADDRESSES: '127.0.0.1',
      ...environment,
    },
    // The channel is there to break: without it, a test run that is killed would leave the partner behind.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  if (!child.stdout || !child.stderr) throw new Error('The partner has no output')
  const stderr: string[] = []
  const stdout: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => stderr.push(line))
  const output = child.stdout
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const first = await new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: output })
    lines.on('line', (line) => stdout.push(line))
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`The partner ended with ${code}: ${stderr.join('\n')}`)))
  })
  const { port } = JSON.parse(first) as { port: number }
  const baseUrl = `http://127.0.0.1:${port}`
  const request = (path: string, init?: RequestInit) => fetch(`${baseUrl}${path}`, init)
  return {
    child,
    baseUrl,
    stdout,
    stderr,
    request,
    async mint(instructions, session = {}, scenario) {
      const answer = await request('/v1/realtime/client_secrets', {
        method: 'POST',
        headers: { authorization: `Bearer ${PARTNER_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          expires_after: { anchor: 'created_at', seconds: 60 },
          session: { ...guidedSession(instructions), ...session },
          ...(scenario ? { parley: { scenario } } : {}),
        }),
      })
      if (answer.status !== 200) throw new Error(`Minting failed: ${answer.status} ${await answer.text()}`)
      return ((await answer.json()) as { value: string }).value
    },
    stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}

/** A session as the platform's server asks for it. */
export function guidedSession(instructions: string) {
  return {
    type: 'realtime',
    model: 'parley-partner',
    instructions,
    tools: [OFFER_REPLIES],
    audio: {
      input: {
        transcription: { model: 'gpt-transcribe' },
        turn_detection: { type: 'server_vad', silence_duration_ms: 700 },
      },
    },
  }
}
