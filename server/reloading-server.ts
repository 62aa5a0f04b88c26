import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'

export interface ReloadingServerOptions {
  entry: string
  /** Folders whose .ts and .json files are its sources. */
  watched: string[]
  env: Record<string, string>
  onLine: (line: string) => void
}

/** Editors write a file in several steps, and a checkout writes many. */
const quietMs = 150
const graceMs = 3_000

/** Keeps a server running and starts it anew when a source changes; one that fails waits for the next change. */
export function startReloadingServer(options: ReloadingServerOptions): { stop(): Promise<void> } {
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let child = launch(options)
  let turn = Promise.resolve()

  const reload = (): void => {
    turn = turn.then(async () => {
      await end(child)
      if (!isStopping) child = launch(options)
    })
  }
  const watchers = options.watched.map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (file === null || !/\.(ts|json)$/.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(reload, quietMs)
    }),
  )
  return {
    async stop() {
      isStopping = true
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      await turn
      await end(child)
    },
  }
}

function launch({ entry, env, onLine }: ReloadingServerOptions): ChildProcess {
  // A session of its own: Ctrl-C reaches us, and we stop it; it stops by itself when we are gone.
  const child = spawn(process.execPath, [entry], {
    env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
  })
  child.on('message', (message: { failed?: string[]; ready?: string[] }) => {
    if (message.ready !== undefined) onLine('The server is up')
    for (const line of message.failed ?? []) onLine(line)
  })
  return child
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  child.kill('SIGTERM')
  await ended
  clearTimeout(timer)
}
