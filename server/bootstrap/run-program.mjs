import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a program in this terminal and gives its exit code; signals that reach us reach it too. */
export function runProgram(program, args, extraEnv = {}) {
  return follow(spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...extraEnv } }))
}

/**
 * Runs a server that says by messages how its start goes on: `{ step }` before each step, `{ ready: lines }` when it serves. It
 * stops by itself when the channel to us breaks, so that nothing outlives a killed terminal.
 */
export function runServer(node, entry, progress) {
  const args = existsSync('.env') ? ['--env-file=.env', entry] : [entry]
  const env = { NODE_COMPILE_CACHE: path.resolve('node_modules/.cache/compiled'), ...process.env }
  const child = spawn(node, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  child.on('message', (message) => {
    if (message.step !== undefined) progress.begin(message.step)
    if (message.failed !== undefined) {
      progress.fail()
      console.error(message.failed.join('\n'))
    }
    if (message.ready === undefined) return
    progress.succeed()
    console.log(`\n${message.ready.join('\n')}\n`)
  })
  child.on('exit', () => progress.fail())
  return follow(child)
}

/** Runs a program out of sight; gives its exit code and all that it said. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: toExitCode(code, signal), output }))
  })
}

function follow(child) {
  return new Promise((resolve, reject) => {
    const forward = (signal) => child.kill(signal)
    for (const signal of forwarded) process.on(signal, forward)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of forwarded) process.off(name, forward)
      resolve(toExitCode(code, signal))
    })
  })
}

function toExitCode(code, signal) {
  return code ?? 128 + (os.constants.signals[signal] ?? 0)
}
