import { existsSync, readFileSync } from 'node:fs'
import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

/** Installs exactly what the lock says, unless that is what is there. */
export async function ensurePackages(progress) {
  if (isInstalled()) return
  const { code, output } = await progress.during('Installing packages', async () => {
    const result = await npm([
      'ci',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ])
    if (result.code !== 0)
      throw new Failure(`npm ci failed (exit code ${result.code}):\n${lastLines(result.output, 30)}`)
    return result
  })
  if (code === 0 && !isInstalled()) throw new Failure(`npm ci left packages out:\n${lastLines(output, 30)}`)
}

/**
 * Compares the lock with the one that npm keeps of what it installed, package by package: times of files say nothing after a
 * clone or a checkout. Optional packages, such as those for other platforms, may be missing.
 */
function isInstalled() {
  if (!existsSync('node_modules/.package-lock.json')) return false
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  const isSame = (place) => installed[place]?.version === wanted[place]?.version
  return (
    Object.keys(wanted).every(
      (place) => place === '' || isSame(place) || (wanted[place].optional && !installed[place]),
    ) && Object.keys(installed).every((place) => isSame(place))
  )
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {}
}

/** The npm that runs us, else the one on the path. */
function npm(args) {
  const script = process.env.npm_execpath
  return script === undefined || !script.endsWith('.js')
    ? runQuietly('npm', args)
    : runQuietly(process.execPath, [script, ...args])
}

function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n')
}
