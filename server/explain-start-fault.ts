import { type Config, ConfigError } from './config.ts'
import { isUnreachable, listCauses, type SystemError } from './domain/error-causes.ts'
import { BlobStoreUnavailableError } from './storage/blob-store.ts'

/**
 * What a person can do about a fault at start: one line for each, naming the variable; null for what is a fault in Parley. Holds no
 * secret: of an address of a database only its host and port.
 */
export function explainStartFault(error: unknown, config: Config | null): string[] | null {
  if (error instanceof ConfigError) return error.faults
  if (config === null) return null
  if (error instanceof BlobStoreUnavailableError) {
    const why = listCauses(error.cause)[0]?.code ?? 'unknown'
    return [
      `PARLEY_DATA_DIR: ${config.dataDirectory}/blobs cannot be written to (${why}); make it writable, or set PARLEY_DATA_DIR`,
    ]
  }
  const causes = listCauses(error)
  return findListenFault(causes, config) ?? findDatabaseFault(causes, config)
}

function findListenFault(causes: SystemError[], { host, port }: Config): string[] | null {
  const fault = causes.find((cause) => cause.syscall === 'listen' || cause.syscall === 'bind')
  switch (fault?.code ?? '') {
    case 'EADDRINUSE':
      return [`PORT: ${port} on ${host} is already in use; stop the program that uses it, or set PORT to another`]
    case 'EACCES':
      return [`PORT: ${port} may not be used by this user; set PORT to one above 1023`]
    case 'EADDRNOTAVAIL':
      return [`HOST: ${host} is not an address of this machine; set HOST to one that is, such as 127.0.0.1`]
    default:
      return causes.some(({ syscall, message }) => syscall === 'getaddrinfo' && message.endsWith(` ${host}`))
        ? [`HOST: ${host} is not a known name; set HOST to an address of this machine, such as 127.0.0.1`]
        : null
  }
}

/** Classes 08, 28 and 3D of PostgreSQL's error codes: no connection, no login, no such database. */
const refusals = /^(08|28|3D)...$|^(57P03|53300)$/
function findDatabaseFault(causes: SystemError[], { database }: Config): string[] | null {
  if (database === null) return null
  const names = database.ownerUrl === database.url ? 'DATABASE_URL' : 'DATABASE_URL or DATABASE_OWNER_URL'
  const { host } = new URL(database.url)
  const refused = causes.find(({ code }) => refusals.test(code))
  if (refused !== undefined)
    return [`${names}: the database at ${host} refuses us (${refused.message}); check user, password and name`]
  const lost = causes.find(isUnreachable)
  if (lost === undefined) return null
  const why = lost.code === '' ? lost.message : lost.code
  return [
    `${names}: the database at ${host} cannot be reached (${why}); start it, or remove the variable to use the embedded one`,
  ]
}
