/**
 * The way to the database. Every statement runs in a transaction that first takes on one of the roles that row level
 * security knows: a viewer, who sees his own rows, or the system, for a reason that stands in the list below.
 */
import { CompiledQuery, type Driver, Kysely, PostgresDialect, PostgresDriver, type Transaction } from 'kysely'
import type pg from 'pg'
import { isUuid, type UserId } from '../server/domain/ids.ts'
import { openPool } from './open-pool.ts'
import { readInOneTrip } from './read-in-one-trip.ts'
import type { Tables } from './tables/index.ts'

export type Tx = Transaction<Tables>

/** Why the rows of all users are within reach: each is one use case that has no viewer yet, or none at all. */
export const systemReasons = [
  'count accounts',
  'sign up',
  'sign in',
  'verify sign-in',
  'end sign-in',
  'verify access token',
  'note token use',
  'change password',
  'relay call',
  'finalize transcript',
  'abandon sessions',
  'hang up silent calls',
  'finish recordings',
  'follow open calls',
  'sweep recordings',
  'sweep secrets',
  'finalize overdue transcripts',
  'read topics',
  'try draft',
  'evaluate session',
  'measure recording',
  'transcribe recording',
  'measure forgotten recordings',
  'settle forgotten transcriptions',
  'prune recordings',
  'administer content packs',
  'activate content pack',
  'open payment page',
  'apply payment',
  'administer accounts',
  'reset password',
  'finish deletion',
  'hang up deleted calls',
  'export data',
  'sweep exports',
  'delete account',
] as const
export type SystemReason = (typeof systemReasons)[number]

/** A statement that the server prepares once per connection and plans once. */
export interface NamedStatement {
  name: string
  text: string
  values: readonly unknown[]
}

export interface DatabaseClient {
  /** One transaction in which only `viewerId`'s rows exist. */
  asViewer<T>(viewerId: UserId, work: (tx: Tx) => Promise<T>): Promise<T>
  /** The same, but reading alone, and all of it as it was at one moment. */
  inSnapshotAsViewer<T>(viewerId: UserId, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction in which only what is published under `slug` exists. */
  asVisitor<T>(slug: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction over all users' rows. */
  withSystem<T>(reason: SystemReason, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One named statement, in one snapshot, in which only `viewerId`'s rows exist. */
  readAsViewer<Row extends pg.QueryResultRow>(viewerId: UserId, statement: NamedStatement): Promise<Row[]>
  /** The same over all users' rows. */
  readWithSystem<Row extends pg.QueryResultRow>(reason: SystemReason, statement: NamedStatement): Promise<Row[]>
  /** Rejects when the database does not answer, or takes more than 3 s to. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseClientOptions {
  url: string
  /** Told of connections that broke while idle; the pool replaces them. */
  onConnectionError: (error: Error) => void
  maxConnections?: number
}

/** A frozen database would hold the connection for good; one that ran into the limit is closed. The types know the limit of a whole client only. */
const ping: pg.QueryConfig & Pick<pg.ClientConfig, 'query_timeout'> = { text: 'select 1', query_timeout: 3_000 }

export function createDatabaseClient(options: DatabaseClientOptions): DatabaseClient {
  const pool = openPool({ ...options, maxConnections: options.maxConnections ?? 16 })
  const kysely = new Kysely<Tables>({ dialect: new UnbegunDialect(pool) })

  const transact = <T>(role: Role, viewerId: string, work: (tx: Tx) => Promise<T>, begin = 'begin'): Promise<T> =>
    kysely.transaction().execute(async (tx) => {
      await tx.executeQuery(CompiledQuery.raw(`${begin}; ${takeOn(role, viewerId)}`))
      return work(tx)
    })

  return {
    asViewer: (viewerId, work) => transact('parley_app', viewerId, work),
    inSnapshotAsViewer: (viewerId, work) =>
      transact('parley_app', viewerId, work, 'begin isolation level repeatable read read only'),
    asVisitor: (slug, work) =>
      transact('parley_public', '', async (tx) => {
        await tx.executeQuery(CompiledQuery.raw(`select set_config('parley.slug', $1, true)`, [slug]))
        return work(tx)
      }),
    withSystem: (_reason, work) => transact('parley_system', '', work),
    readAsViewer: (viewerId, statement) => readNamed(pool, 'parley_app', viewerId, statement),
    readWithSystem: (_reason, statement) => readNamed(pool, 'parley_system', '', statement),
    ping: async () => void (await pool.query(ping)),
    close: () => kysely.destroy(),
  }
}

type Role = 'parley_app' | 'parley_system' | 'parley_public'

/** For the current transaction only. Both parts are literals known to be safe, so that it may share a round trip. */
function takeOn(role: Role, viewerId: string): string {
  if (viewerId !== '' && !isUuid(viewerId)) throw new TypeError('a viewer id is a UUID')
  return `select set_config('role', '${role}', true), set_config('parley.user_id', '${viewerId}', true)`
}

/** Leaves the begin of a transaction to `transact`, which sends it together with the role: one round trip less for each. */
class UnbegunDialect extends PostgresDialect {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new UnbegunDriver({ pool: this.#pool })
  }
}

class UnbegunDriver extends PostgresDriver {
  override async beginTransaction(): Promise<void> {}
}

async function readNamed<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  role: Role,
  viewerId: string,
  statement: NamedStatement,
): Promise<Row[]> {
  const client = await pool.connect()
  try {
    const rows = await readInOneTrip<Row>(client, role, viewerId, statement)
    client.release()
    return rows
  } catch (error) {
    // A connection whose transaction may still be open goes back to nobody.
    client.release(true)
    throw error
  }
}
