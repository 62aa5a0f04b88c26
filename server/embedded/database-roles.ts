/** The roles and the database of an embedded cluster, and the addresses by which each role reaches it. */
export interface DatabasePasswords {
  owner: string
  login: string
}

export interface DatabaseAddresses {
  /** The application's plain login role: owns nothing, bypasses nothing. */
  url: string
  /** The owner of the database, who runs migrations. */
  ownerUrl: string
}

export const databaseName = 'parley'
const ownerRole = 'parley_owner'
const loginRole = 'parley_login'

/** What the superuser does once, before a new cluster first listens; one statement a line. */
export function statementsForRoles(passwords: DatabasePasswords): string[] {
  return [
    `create role ${ownerRole} login createrole password '${quotable(passwords.owner)}'`,
    `create role ${loginRole} login noinherit password '${quotable(passwords.login)}'`,
    `create database ${databaseName} owner ${ownerRole}`,
    `revoke connect, temporary on database ${databaseName} from public`,
    `grant connect on database ${databaseName} to ${loginRole}`,
  ]
}

/** For a cluster whose passwords are lost. */
export function statementsForNewPasswords(passwords: DatabasePasswords): string[] {
  return [
    `alter role ${ownerRole} password '${quotable(passwords.owner)}'`,
    `alter role ${loginRole} password '${quotable(passwords.login)}'`,
  ]
}

export function toAddresses(port: number, passwords: DatabasePasswords, database = databaseName): DatabaseAddresses {
  const at = (role: string, password: string): string => `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  return { url: at(loginRole, passwords.login), ownerUrl: at(ownerRole, passwords.owner) }
}

/** Passwords are made by us, of letters, digits, - and _ only; anything else in a kept file is refused. */
function quotable(password: string): string {
  if (!/^[\w-]{16,}$/.test(password))
    throw new Error('A kept database password has characters that were never made here')
  return password
}
