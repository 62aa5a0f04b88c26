/** The system user that PostgreSQL runs as: it refuses to run as root. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

export interface PostgresUser {
  uid: number
  gid: number
}

const run = promisify(execFile)

/** Null when this process is not root: then PostgreSQL runs as the same user. Makes the user `postgres` where there is none. */
export async function findPostgresUser(): Promise<PostgresUser | null> {
  if (process.getuid === undefined || process.getuid() !== 0) return null
  const existing = await readUser('postgres')
  if (existing !== null) return existing
  await createUser()
  const created = await readUser('postgres')
  if (created === null)
    throw new Error('The system user "postgres" could not be made: run Parley as a user other than root')
  return created
}

async function readUser(name: string): Promise<PostgresUser | null> {
  const [uid, gid] = await Promise.all([readId('-u', name), readId('-g', name)])
  return uid === null || gid === null ? null : { uid, gid }
}

async function readId(flag: '-u' | '-g', name: string): Promise<number | null> {
  try {
    const { stdout } = await run('id', [flag, name])
    return Number.parseInt(stdout, 10)
  } catch {
    return null
  }
}

/** Debian and Red Hat have `useradd`; Alpine's BusyBox has `adduser`. A group of that name may be there already. */
async function createUser(): Promise<void> {
  const hasGroup = /^postgres:/m.test(await readFile('/etc/group', 'utf8'))
  try {
    await run('useradd', [
      '--system',
      '--no-create-home',
      ...(hasGroup ? ['-g', 'postgres'] : ['--user-group']),
      'postgres',
    ])
  } catch {
    await run('adduser', ['-S', '-D', '-H', 'postgres']).catch(() => undefined)
  }
}
