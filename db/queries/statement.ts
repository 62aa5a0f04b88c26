import { CompiledQuery } from 'kysely'
import type { NamedStatement, Tx } from '../client.ts'

/** Runs a named statement's text inside a transaction of the query builder. */
export async function runStatement<Row>(tx: Tx, statement: NamedStatement): Promise<Row[]> {
  const result = await tx.executeQuery<Row>(CompiledQuery.raw(statement.text, [...statement.values]))
  return result.rows
}
