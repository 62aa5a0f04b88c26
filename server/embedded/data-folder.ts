/** The folder of an installation: who uses it, and the secrets that must survive a restart. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../config.ts'
import type { DatabasePasswords } from './database-roles.ts'
import { isAlive } from './leftover-process.ts'

export interface InstallationSecrets {
  passwords: DatabasePasswords
  blobSigningKey: Buffer
  /** They were not there before: an older database does not know the passwords yet. */
  areNew: boolean
}

const secretsFile = z.object({
  databaseOwner: z.string(),
  databaseLogin: z.string(),
  blobSigningKey: z.string().min(43),
})

/** Makes the folder and its secrets where they are missing. Throws ConfigError when it cannot be written to. */
export async function openDataFolder(directory: string): Promise<InstallationSecrets> {
  try {
    await mkdir(directory, { recursive: true })
    return await openSecrets(path.join(directory, 'secrets.json'))
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error && 'code' in error)) throw error
    throw new ConfigError([
      `PARLEY_DATA_DIR: ${directory} cannot be written to (${String(error.code)}); make it writable, or set PARLEY_DATA_DIR to a folder that is`,
    ])
  }
}

async function openSecrets(file: string): Promise<InstallationSecrets> {
  const areNew = await writeNewSecrets(file)
  const parsed = secretsFile.safeParse(parseJson(await readFile(file, 'utf8')))
  if (!parsed.success)
    throw new ConfigError([
      `PARLEY_DATA_DIR: ${file} is damaged; put it back from a backup, or remove it to have a new one`,
    ])
  const { databaseOwner, databaseLogin, blobSigningKey } = parsed.data
  return {
    passwords: { owner: databaseOwner, login: databaseLogin },
    blobSigningKey: Buffer.from(blobSigningKey, 'base64url'),
    areNew,
  }
}

/** False when they are there already: another node on the same folder may be a moment ahead. */
async function writeNewSecrets(file: string): Promise<boolean> {
  const make = (): string => randomBytes(32).toString('base64url')
  const secrets = { databaseOwner: make(), databaseLogin: make(), blobSigningKey: make() }
  try {
    await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Makes this process the one that runs the embedded database of the folder. Throws ConfigError while another one lives; what a killed
 * one left does not count. Returns how to give it up.
 */
export async function claimDataFolder(directory: string): Promise<() => Promise<void>> {
  const file = path.join(directory, 'parley.pid')
  const claim = JSON.stringify({ pid: process.pid, startedAt: readStartTime(process.pid) })
  for (let attempt = 1; ; attempt += 1) {
    try {
      await writeFile(file, claim, { flag: 'wx' })
      return () => rm(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST') || attempt === 5) throw error
    }
    const holder = await readHolder(file)
    if (holder !== null) {
      throw new ConfigError([
        `PARLEY_DATA_DIR: ${directory} is in use by another Parley (process ${holder}); stop that one, or set PARLEY_DATA_DIR to another folder`,
      ])
    }
    await rm(file, { force: true })
  }
}

const claimFile = z.object({ pid: z.number().int().positive(), startedAt: z.string().nullable() })

async function readHolder(file: string): Promise<number | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const claim = claimFile.safeParse(parseJson(text))
  if (!claim.success || !isAlive(claim.data.pid)) return null
  return readStartTime(claim.data.pid) === claim.data.startedAt ? claim.data.pid : null
}

/** Tells a process from a later one that got the same id: field 22 of proc_pid_stat(5). Null where there is no /proc. */
function readStartTime(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
