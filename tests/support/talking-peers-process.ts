/** The handle on a process of `talking-peers.ts`. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PeersCommand, PeersReport } from './talking-peers.ts'

export interface TalkingPeers {
  readonly pid: number
  /** Resolves when the session has begun. Throws when the call is refused. `said`: 16 kHz, after each turn of the partner. */
  call(baseUrl: string, secret: string, said: Int16Array | null): Promise<number>
  hangUp(key: number): void
  /** Closes the peer without a word to the partner's HTTP. */
  leave(key: number): void
  /** SIGKILL: no goodbye of any kind. */
  kill(): void
  signal(signal: NodeJS.Signals): void
}

export async function startTalkingPeers(): Promise<TalkingPeers> {
  const child = fork(fileURLToPath(new URL('./talking-peers.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const calls = new Map<number, PromiseWithResolvers<number>>()
  let lastKey = 0
  const ready = Promise.withResolvers<void>()
  const tell = (command: PeersCommand) => {
    if (child.connected) child.send(command, () => {})
  }
  child.on('message', (report: PeersReport) => {
    if (report.type === 'ready') ready.resolve()
    else if (report.type === 'connected') calls.get(report.key)?.resolve(report.key)
    else calls.get(report.key)?.reject(new Error(report.reason))
  })
  child.once('exit', () => {
    ready.reject(new Error('The peers have ended'))
    for (const call of calls.values()) call.reject(new Error('The peers have ended'))
  })
  await ready.promise
  return {
    pid: child.pid ?? 0,
    call(baseUrl, secret, said) {
      const key = ++lastKey
      const connected = Promise.withResolvers<number>()
      connected.promise.catch(() => {})
      calls.set(key, connected)
      tell({ type: 'call', key, baseUrl, secret, said })
      return connected.promise
    },
    hangUp: (key) => tell({ type: 'hang-up', key }),
    leave: (key) => tell({ type: 'leave', key }),
    kill: () => void child.kill('SIGKILL'),
    signal: (signal) => void child.kill(signal),
  }
}
