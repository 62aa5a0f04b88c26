import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

/** Prints the schema, then makes the typed documents and hooks of the pages from it. */
export async function generate(node) {
  for (const args of [
    ['schema/print-schema.ts'],
    ['node_modules/@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.ts'],
  ]) {
    const { code, output } = await runQuietly(node, args)
    if (code !== 0) throw new Failure(`${args[0]} failed:\n${output.trim()}`)
  }
}
