import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { runProgram } from './run-program.mjs'

const vitest = ['node_modules/vitest/vitest.mjs', 'run']
/** What plays in real time mostly waits: all the rest steps back behind it, and is done meanwhile. */
const groups = [
  { projects: ['real-time'], niceness: 0 },
  { projects: ['server', 'web', 'architecture'], niceness: 19 },
]

/** Runs the tests that `words` name, or all; gives the exit code. The last line counts them: `412 passed, 0 failed, 3 skipped`. */
export async function runTests(node, words, env) {
  if (words.length > 0) return runProgram(node, [...vitest, ...words], env)
  const folder = mkdtempSync(path.join(os.tmpdir(), 'parley-tests-'))
  const runs = groups.map(async ({ projects, niceness }, index) => {
    const counts = path.join(folder, `${index}.json`)
    const chosen = projects.flatMap((project) => ['--project', project])
    const code = await runProgram(node, [...vitest, ...chosen], { ...env, PARLEY_TEST_COUNTS: counts }, { niceness })
    return { code, counts }
  })
  const results = await Promise.all(runs)
  const total = results.map(({ counts }) => readCounts(counts)).reduce(add)
  rmSync(folder, { recursive: true, force: true })
  for (const name of total.flaky) console.log(`PASSED ON A SECOND TRY ONLY: ${name}`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return Math.max(...results.map(({ code }) => code))
}

/** A run that broke off has none, and counts as a failure. */
function readCounts(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0, flaky: [] }
  }
}

function add(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    flaky: [...one.flaky, ...other.flaky],
  }
}
