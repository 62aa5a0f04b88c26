/** What a killed run left behind: is that process still alive, and is it ours to stop? */
import { readFileSync } from 'node:fs'
import { readFile, readlink, realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that ended and that nobody has waited for yet (state Z) counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return true
  }
}

/** The process id that PostgreSQL wrote into `postmaster.pid`; null when there is no such file. */
export async function readPostmasterPid(directory: string): Promise<number | null> {
  try {
    const pid = Number.parseInt(await readFile(`${directory}/postmaster.pid`, 'utf8'), 10)
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null
  } catch {
    return null
  }
}

/**
 * Stops a postmaster that still serves `directory`. A process id alone proves nothing after a reboot, so the process
 * must also work in that folder (on Linux; elsewhere the id has to do).
 */
export async function stopLeftoverPostmaster(directory: string): Promise<boolean> {
  const pid = await readPostmasterPid(directory)
  if (pid === null || !isAlive(pid) || !(await worksIn(pid, directory))) return false
  await stopProcess(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], 3_000)
  return true
}

/** Sends one signal after the other, giving the process `graceMs` after each, until it is gone. */
export async function stopProcess(pid: number, signals: NodeJS.Signals[], graceMs: number): Promise<void> {
  for (const signal of signals) {
    if (!isAlive(pid)) return
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const giveUpAt = Date.now() + graceMs
    while (isAlive(pid) && Date.now() < giveUpAt) await sleep(20)
  }
}

async function worksIn(pid: number, directory: string): Promise<boolean> {
  if (process.platform !== 'linux') return true
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(directory))
  } catch {
    return false
  }
}
