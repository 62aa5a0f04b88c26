import { CompiledQuery } from 'kysely'
import type { NamedStatement, Tx } from '../client.ts'

/**
 * Runs a named statement inside a transaction of the query builder, under its name: planned once per connection. The
 * builder has no place for names, but hands its text to pg as it is, and pg takes an object with a name there.
 */
export async function runStatement<Row>(tx: Tx, { name, text, values }: NamedStatement): Promise<Row[]> {
  const named = { name, text } as unknown as string
  const result = await tx.executeQuery<Row>({ ...CompiledQuery.raw(text, [...values]), sql: named })
  return result.rows
}
