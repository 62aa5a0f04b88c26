import { Failure } from './failure.mjs'
import { runQuietly } from './run-program.mjs'

/** For the files of topics, speaking tests and content packs. */
export const printedJsonSchemas = [
  'schema/topic.schema.json',
  'schema/speaking-test.schema.json',
  'schema/content-pack.schema.json',
]

/**
 * Prints the schema, then makes the typed documents and hooks of the pages from it; prints the JSON Schemas of what people write
 * in files, in the format of all JSON here, and the list of the licences of what is shipped.
 */
export async function generate(node) {
  for (const args of [
    ['schema/print-schema.ts'],
    ['node_modules/@graphql-codegen/cli/cjs/bin.js', '--config', 'codegen.ts'],
    ['server/partner/topic/print-topic-schema.ts'],
    ['schema/print-speaking-test-schema.ts'],
    ['schema/print-content-pack-schema.ts'],
    ['server/bootstrap/print-licences.mjs'],
    ['node_modules/oxfmt/bin/oxfmt', ...printedJsonSchemas],
  ]) {
    const { code, output } = await runQuietly(node, args)
    if (code !== 0) throw new Failure(`${args[0]} failed:\n${output.trim()}`)
  }
}
