/**
 * What every npm script runs first: plain JavaScript without dependencies, for whatever Node the machine has (20 or newer). It
 * installs the packages where they are missing or not those of the lock, and runs the rest on the Node 24 that came with them.
 */
import { buildClient } from './bootstrap/build-client.mjs'
import { buildWeb } from './bootstrap/build-web.mjs'
import { runChecks } from './bootstrap/check.mjs'
import { ensurePackages } from './bootstrap/install.mjs'
import { findNode24 } from './bootstrap/node24.mjs'
import { Failure } from './bootstrap/failure.mjs'
import { generate } from './bootstrap/generate.mjs'
import { createProgress } from './bootstrap/progress.mjs'
import { runProgram, runServer } from './bootstrap/run-program.mjs'
import { ensureTestTools } from './bootstrap/test-tools.mjs'

/** Each gets the tools and the words that follow on the command line, and gives the exit code. */
const commands = {
  async start({ node, progress }) {
    await buildWeb(node, progress)
    return runServer(node, 'server/main.ts', progress)
  },
  dev: ({ node, progress }) => runServer(node, 'server/dev.ts', progress),
  test: (tools, words) => runTests(tools, words, {}),
  'test:long': (tools, words) => runTests(tools, words, { PARLEY_TEST_LONG: '1' }),
  'test:faults': (tools, words) => runTests(tools, [...faultSuite, ...words], { PARLEY_TEST_FAULTS: '1' }),
  check: ({ node, progress }) => runChecks(node, progress),
  async gen({ node, progress }) {
    await progress.during('Generating schema and hooks', () => generate(node))
    return 0
  },
  async 'build:client'({ node, progress }, [target]) {
    await progress.during('Building the client package', () => buildClient(node, target))
    return 0
  },
  'topic:lint': ({ node }, words) => runProgram(node, ['server/partner/topic-lint.ts', ...words]),
  'pack:lint': ({ node }, words) => runProgram(node, ['server/pack-lint.ts', ...words]),
  migrate: ({ node }) => runProgram(node, ['server/maintain.ts', 'migrate']),
  seed: ({ node }) => runProgram(node, ['server/maintain.ts', 'seed']),
  'make-admin': ({ node }, words) => runProgram(node, ['server/maintain.ts', 'make-admin', ...words]),
  bench: ({ node }, words) => runProgram(node, ['tests/bench/main.ts', ...words]),
}

/** What it measures goes into its README. */
const faultSuite = [
  'tests/faults',
  '--reporter=default',
  '--reporter=tests/support/closing-line-reporter.ts',
  '--reporter=tests/support/fault-summary-reporter.ts',
]

async function runTests({ node, progress }, words, extra) {
  const skips = await ensureTestTools(progress)
  await buildWeb(node, progress)
  return runProgram(node, ['node_modules/vitest/vitest.mjs', 'run', ...words], { ...skips, ...extra })
}

async function main([name, ...words]) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : null
  if (command === null) throw new Failure(`Usage: npm run <${Object.keys(commands).join('|')}>`)
  process.chdir(new URL('..', import.meta.url).pathname)
  const progress = createProgress(process.stdout)
  await ensurePackages(progress)
  return command({ node: findNode24(), progress }, words)
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    console.error(error instanceof Failure ? `\n${error.message}` : error)
    process.exitCode = 1
  },
)
