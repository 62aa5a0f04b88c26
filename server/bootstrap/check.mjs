import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Failure } from './failure.mjs'
import { generate, printedJsonSchemas } from './generate.mjs'
import { runQuietly } from './run-program.mjs'

/** Types, lint, format, boundaries and generated files; all are run, so that one run shows all that is wrong. */
export async function runChecks(node, progress) {
  const program = (name, args) => () => runOrFail(node, [`node_modules/${name}`, ...args])
  const checks = [
    [
      'Types of server, database, schema and tests',
      program('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.server.json']),
    ],
    ['Types of the pages', program('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.web.json'])],
    ['Types of the fault suite', program('typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.faults.json'])],
    ['Lint', program('oxlint/bin/oxlint', [])],
    ['Format', program('oxfmt/bin/oxfmt', ['--check'])],
    ['Boundaries', program('vitest/vitest.mjs', ['run', '--project', 'architecture'])],
    ['Generated files are fresh', () => checkGenerated(node)],
  ]
  const failures = []
  for (const [name, check] of checks) {
    await progress.during(name, check).catch((error) => {
      if (!(error instanceof Failure)) throw error
      failures.push(`${name}:\n${error.message}`)
    })
  }
  if (failures.length > 0) throw new Failure(failures.join('\n\n'))
  return 0
}

async function runOrFail(node, args) {
  const { code, output } = await runQuietly(node, args, { env: { ...process.env, NO_COLOR: '1' } })
  if (code !== 0) throw new Failure(output.trim())
}

/** Makes them anew, compares, and puts back what was there. */
async function checkGenerated(node) {
  const before = readGenerated()
  await generate(node)
  const after = readGenerated()
  const stale = [...new Set([...before.keys(), ...after.keys()])].filter((file) => before.get(file) !== after.get(file))
  for (const file of stale) {
    if (before.has(file)) writeFileSync(file, before.get(file))
    else rmSync(file)
  }
  if (stale.length > 0) throw new Failure(`Run "npm run gen" and commit: ${stale.join(', ')}`)
}

function readGenerated() {
  const files = [
    'schema/schema.graphql',
    ...printedJsonSchemas,
    'docs/licences.md',
    ...readdirSync('client/gql').map((name) => `client/gql/${name}`),
  ]
  return new Map(
    files.filter((file) => /\.(graphql|ts|json|md)$/.test(file)).map((file) => [file, readFileSync(file, 'utf8')]),
  )
}
