/**
 * A named statement under a role, in one round trip: what lies before one Sync is one transaction, with which the role ends.
 * Source: PostgreSQL manual, Message Flow, Extended Query. It overrides how pg 8.23 prepares a query: move that version with
 * the tests of the client at hand.
 */
import pg from 'pg'
import type { NamedStatement } from './client.ts'

/** The part of pg's connection that sends messages. */
interface Wire {
  parsedStatements: Record<string, string>
  parse(message: { name: string; text: string; types: [] }): void
  bind(message: { statement: string; portal: string; values: string[] }): void
  execute(message: { portal: string }): void
}

/** The part of pg's query that is changed here. */
interface PreparedQuery {
  prepare(connection: Wire): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Wire): void
}
type Answer<Row> = (error: Error | null, result: { rows: Row[] }) => void
type QueryClass = new <Row>(
  config: { name: string; text: string; queryMode: 'extended' },
  values: unknown[],
  answer: Answer<Row>,
) => pg.Submittable & PreparedQuery
const PreparedQuery = pg.Query as unknown as QueryClass

const takeOn = 'take-on-role'
const takeOnText = `select set_config('role', $1, true), set_config('parley.user_id', $2, true), set_config('transaction_read_only', 'on', true)`

class ReadUnderRole<Row> extends PreparedQuery<Row> {
  readonly #role: string[]
  #hasRole = false

  constructor(role: string, viewerId: string, { name, text, values }: NamedStatement, answer: Answer<Row>) {
    // Prepared also where it has neither name nor values: the other way knows no role.
    super({ name, text, queryMode: 'extended' }, [...values], answer)
    this.#role = [role, viewerId]
  }

  override prepare(connection: Wire): void {
    if (connection.parsedStatements[takeOn] === undefined) {
      connection.parse({ name: takeOn, text: takeOnText, types: [] })
      connection.parsedStatements[takeOn] = takeOnText
    }
    connection.bind({ statement: takeOn, portal: '', values: this.#role })
    connection.execute({ portal: '' })
    super.prepare(connection)
  }

  /** The first answer is the role's, and of no interest. */
  override handleDataRow(message: unknown): void {
    if (this.#hasRole) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#hasRole) super.handleCommandComplete(message, connection)
    this.#hasRole = true
  }
}

/** After an error the connection is to be thrown away: what it has prepared is not known then. */
export function readInOneTrip<Row>(
  client: pg.ClientBase,
  role: string,
  viewerId: string,
  statement: NamedStatement,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const answer: Answer<Row> = (error, result) => (error ? reject(error) : resolve(result.rows))
    client.query(new ReadUnderRole(role, viewerId, statement, answer))
  })
}
